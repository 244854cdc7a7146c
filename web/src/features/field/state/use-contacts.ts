import { contactsOf } from '../../../offline/contacts.ts';
import type { Contact } from '../../../offline/contacts.ts';
import { useField } from './field-services.ts';
import { useLiveQuery } from './use-live-query.ts';

/** The interviewer's contact attempts on this device, the latest first; undefined while they are read. */
export function useContacts(interviewerId: string): readonly Contact[] | undefined {
  const { db } = useField();
  return useLiveQuery(() => contactsOf(db, interviewerId), [db, interviewerId]);
}
