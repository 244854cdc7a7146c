import type { Receipt } from './contracts/interviews.ts';
import type { FieldFault, ProblemBody, ProblemCode } from './contracts/problem.ts';

/** Status and title of every problem. A code is never reused with another meaning. */
const catalogue = {
  invalid_input: [422, 'Some of the input is not valid.'],
  invalid_json: [400, 'The body is not valid JSON.'],
  not_utf8: [400, 'The body is not text in UTF-8.'],
  unsupported_media_type: [415, 'This kind of body is not accepted here.'],
  too_large: [413, 'The body is too large.'],
  not_signed_in: [401, 'Sign in first.'],
  wrong_credentials: [401, 'Login or password is wrong.'],
  locked_out: [429, 'Too many wrong passwords; the account is locked for a while.'],
  too_many_requests: [429, 'Too many requests; try again later.'],
  forbidden: [403, 'Your role may not do this.'],
  cross_site: [403, 'Requests from other sites are refused.'],
  not_found: [404, 'There is nothing here, or you may not see it.'],
  conflict: [409, 'This exists already.'],
  draft_conflict: [409, 'Somebody saved a newer revision of this draft; nothing was overwritten.'],
  wave_state: [409, 'The wave is not in the state this needs.'],
  questionnaire_faults: [422, 'The questionnaire has faults.'],
  second_person_needed: [403, 'Another person must do this: nobody publishes alone.'],
  setup_done: [409, 'The first administrator exists already, or the link is no longer valid.'],
  wrong_reset_code: [422, 'The code is wrong, used or too old; a supervisor can make a new one.'],
  made_for_another_server: [422, 'This was encrypted for another server, which alone can open it.'],
  damaged: [422, 'This is damaged, or not what it says it is.'],
  code_not_valid: [
    403,
    'The code is not valid: it works once, for a quarter of an hour. Ask your supervisor for a new one.',
  ],
  device_revoked: [403, 'This tablet was withdrawn. Ask your supervisor to enrol it again.'],
  interview_conflict: [409, 'An interview with other content is stored under the same id.'],
  interview_invalid: [422, 'The interview itself has faults that a decision cannot mend.'],
  quarantine_decided: [409, 'This has been decided already.'],
  store_unavailable: [503, 'The database cannot be reached; try again shortly.'],
  internal: [500, 'Something went wrong on our side.'],
} as const satisfies Record<ProblemCode, readonly [status: number, title: string]>;

interface ProblemDetails {
  detail?: string;
  fields?: FieldFault[];
  /** Seconds after which a new try makes sense. */
  retryAfterS?: number;
  /** The revision that a draft has already. */
  newer?: ProblemBody['newer'];
  /** What became of each interview, when not one of a batch could be read. */
  receipts?: Receipt[];
}

/** The one error that the API shows to its clients; anything else that is thrown is a bug. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly status: number;
  readonly title: string;
  readonly details: ProblemDetails;

  constructor(code: ProblemCode, details: ProblemDetails = {}) {
    super(details.detail ?? catalogue[code][1]);
    this.name = 'Problem';
    this.code = code;
    [this.status, this.title] = catalogue[code];
    this.details = details;
  }
}
