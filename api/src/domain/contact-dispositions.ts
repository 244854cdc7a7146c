import type { ContactDisposition } from '../contracts/contact-attempts.ts';
import type { Disposition } from './outcome-rates.ts';

/**
 * What each result at the door is in AAPOR's terms: its code, and the group that the outcome rates count it in.
 * An appointment or a respondent who is out is temporary: it stands only while nothing stronger follows.
 * @source AAPOR (2023), Standard Definitions, 10th ed., table of final disposition codes for in-person household samples
 */
export const contactCodes: Readonly<
  Record<ContactDisposition, { readonly code: string; readonly group: Disposition }>
> = {
  complete: { code: '1.1', group: 'complete' },
  partial: { code: '1.2', group: 'partial' },
  refusal: { code: '2.11', group: 'refusal' },
  break_off: { code: '2.12', group: 'refusal' },
  /** The household is there, the one to be asked is not. */
  not_at_home: { code: '2.25', group: 'non_contact' },
  /** Somebody was reached and did not refuse. */
  appointment: { code: '2.30', group: 'other' },
  unable: { code: '2.32', group: 'other' },
  language_barrier: { code: '2.33', group: 'other' },
  other: { code: '2.36', group: 'other' },
  no_access: { code: '3.17', group: 'unknown_household' },
  /** Nobody opened: whether an adult lives there is not known. */
  no_answer: { code: '3.21', group: 'unknown_other' },
  not_a_dwelling: { code: '4.50', group: 'not_eligible' },
  nobody_eligible: { code: '4.70', group: 'not_eligible' },
};
