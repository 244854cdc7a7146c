import type { FieldFault, ProblemBody, ProblemCode } from '@akimetr/api/contracts/problem';

/** The server's answer that something is wrong: one of the codes of contracts/problem.ts. */
export class ApiProblem extends Error {
  readonly code: ProblemCode;
  readonly title: string;
  readonly status: number;
  readonly requestId: string;
  readonly detail: string | undefined;
  readonly fields: readonly FieldFault[];
  /** Seconds after which a new try makes sense. */
  readonly retryAfterS: number | undefined;
  /** The newer revision of a draft, when saving was refused for it. */
  readonly newer: ProblemBody['newer'];

  constructor(body: ProblemBody) {
    super(`${body.code}: ${body.title}`);
    this.name = 'ApiProblem';
    this.code = body.code;
    this.title = body.title;
    this.status = body.status;
    this.requestId = body.requestId;
    this.detail = body.detail;
    this.fields = body.fields ?? [];
    this.retryAfterS = body.retryAfterS;
    this.newer = body.newer;
  }
}

/** Akimetr's server was not reached, or something between answered in its place (a proxy, a sign-in page of a Wi-Fi). */
export class NetworkProblem extends Error {
  constructor(why: string, cause?: unknown) {
    super(why, { cause });
    this.name = 'NetworkProblem';
  }
}
