import { enrolDevice, reportDevice } from '@akimetr/api/contracts/devices';
import type { DeviceReport } from '@akimetr/api/contracts/devices';
import { submitContactAttempts } from '@akimetr/api/contracts/contact-attempts';
import type { ContactReceipt } from '@akimetr/api/contracts/contact-attempts';
import { getFieldPackage, submitInterviews } from '@akimetr/api/contracts/interviews';
import type { FieldPackage, Receipt } from '@akimetr/api/contracts/interviews';
import { redeemPinReset } from '@akimetr/api/contracts/rescue';
import { getMeta, getSession, signIn, signOut } from '@akimetr/api/contracts/session';
import type { SessionUser } from '@akimetr/api/contracts/session';
import { ApiProblem, NetworkProblem, addressOf, call } from '../lib/api-client.ts';

/** What the tablet asks of the server. */
export interface FieldApi {
  /** Whether the server's data are synthetic. */
  isSynthetic(): Promise<boolean>;
  /** Who is signed in; null when nobody is. */
  sessionUser(): Promise<SessionUser | null>;
  signIn(login: string, password: string): Promise<SessionUser>;
  signOut(): Promise<void>;
  /** Signs in with a code that a supervisor made for this tablet. */
  enrol(code: string, deviceId: string, userAgentFamily: string): Promise<SessionUser>;
  /** @returns whether the tablet was withdrawn, and receipts for what a person has released meanwhile */
  report(report: DeviceReport): Promise<{ revoked: boolean; receipts: readonly Receipt[] }>;
  /** @param texts canonical JSON of each interview */
  submit(texts: readonly string[]): Promise<readonly Receipt[]>;
  /** @returns the data key of the signed-in interviewer, which the server has taken out of the tablet's box */
  redeemPinReset(reset: { code: string; keyId: string; box: string }): Promise<string>;
  /** @param attempts as they were written down on the device */
  submitContacts(attempts: readonly unknown[]): Promise<readonly ContactReceipt[]>;
  /** `content` is null when the package with that ETag is still the right one. */
  fetchPackage(etag: string | null): Promise<PackageAnswer>;
}

export interface PackageAnswer {
  readonly content: FieldPackage | null;
  readonly etag: string | null;
  /** The server's clock, to the second; null when it did not say. */
  readonly serverNow: Date | null;
}

/** On a thin line a batch takes its time; a dead line must still be noticed. */
const patienceMs = 90_000;

const patiently = async <T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> => {
  const signal = AbortSignal.timeout(patienceMs);
  try {
    return await work(signal);
  } catch (error) {
    if (error instanceof ApiProblem || error instanceof NetworkProblem) throw error;
    if (signal.aborted) throw new NetworkProblem('the server did not answer in time', error);
    throw error;
  }
};

export const fieldApi: FieldApi = {
  async isSynthetic() {
    const { synthetic } = await patiently((signal) => call(getMeta, { signal }));
    return synthetic;
  },
  async sessionUser() {
    const { session } = await patiently((signal) => call(getSession, { signal }));
    return session?.user ?? null;
  },
  async signIn(login, password) {
    const body = { login, password };
    const { user } = await patiently((signal) => call(signIn, { body, signal }));
    return user;
  },
  async signOut() {
    await patiently((signal) => call(signOut, { signal }));
  },
  async enrol(code, deviceId, userAgentFamily) {
    const body = { code, deviceId, userAgentFamily };
    const { user } = await patiently((signal) => call(enrolDevice, { body, signal }));
    return user;
  },
  report: (body) => patiently((signal) => call(reportDevice, { body, signal })),
  async submit(texts) {
    const interviews = texts.map((text) => JSON.parse(text) as unknown);
    const { receipts } = await patiently((signal) =>
      call(submitInterviews, { body: { interviews }, gzip: true, signal }),
    );
    return receipts;
  },
  async redeemPinReset(body) {
    const { dataKey } = await patiently((signal) => call(redeemPinReset, { body, signal }));
    return dataKey;
  },
  async submitContacts(attempts) {
    const { receipts } = await patiently((signal) =>
      call(submitContactAttempts, { body: { attempts: [...attempts] }, gzip: true, signal }),
    );
    return receipts;
  },
  fetchPackage: (etag) => patiently((signal) => fetchPackage(etag, signal)),
};

async function fetchPackage(etag: string | null, signal: AbortSignal): Promise<PackageAnswer> {
  const response = await conditionalGet(addressOf(getFieldPackage, {}), etag, signal);
  const date = Date.parse(response.headers.get('Date') ?? '');
  const serverNow = Number.isNaN(date) ? null : new Date(date);
  if (response.status === 304) return { content: null, etag, serverNow };
  const content = getFieldPackage.reply.safeParse(await jsonOf(response));
  if (!content.success)
    throw new NetworkProblem('the answer is not a field package', content.error);
  return { content: content.data, etag: response.headers.get('ETag'), serverNow };
}

/** An answer that says no is read again by `call`, which knows how: it is rare and harmless to repeat. */
async function conditionalGet(
  address: string,
  etag: string | null,
  signal: AbortSignal,
): Promise<Response> {
  const headers: Record<string, string> = { Accept: 'application/json, application/problem+json' };
  if (etag) headers['If-None-Match'] = etag;
  let response: Response;
  try {
    // The browser's own cache would answer in our place and hide the 304.
    response = await fetch(address, {
      headers,
      signal,
      cache: 'no-store',
      credentials: 'same-origin',
    });
  } catch (error) {
    throw new NetworkProblem('the server was not reached', error);
  }
  if (!response.ok && response.status !== 304) await call(getFieldPackage, { signal });
  return response;
}

async function jsonOf(response: Response): Promise<unknown> {
  try {
    return (await response.json()) as unknown;
  } catch (error) {
    throw new NetworkProblem('the answer broke off', error);
  }
}
