import { countUnsent } from '../../../offline/rescue-file.ts';
import type { RescueCounts } from '../../../offline/rescue-file.ts';
import { useField } from '../state/field-services.ts';
import { useLiveQuery } from '../state/use-live-query.ts';

/** What the interviewer has on this device and the server does not; undefined while it is counted. */
export function useUnsent(interviewerId: string): RescueCounts | undefined {
  const { db } = useField();
  return useLiveQuery(() => countUnsent(db, interviewerId), [db, interviewerId]);
}
