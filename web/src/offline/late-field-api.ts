import type { FieldApi } from './field-api.ts';

/**
 * The server's side of the app, fetched with the first call: the contracts it checks by are a third of the code, and a
 * tablet that opens in the field shows its first screens without a server.
 * @param load gives the real one
 */
export function lateFieldApi(load: () => Promise<FieldApi>): FieldApi {
  let loaded: Promise<FieldApi> | null = null;
  const real = (): Promise<FieldApi> =>
    (loaded ??= load().catch((error: unknown) => {
      // The next call tries again.
      loaded = null;
      throw error;
    }));
  return {
    isSynthetic: async () => (await real()).isSynthetic(),
    sessionUser: async () => (await real()).sessionUser(),
    signIn: async (login, password) => (await real()).signIn(login, password),
    signOut: async () => (await real()).signOut(),
    enrol: async (code, deviceId, family) => (await real()).enrol(code, deviceId, family),
    report: async (report) => (await real()).report(report),
    submit: async (texts) => (await real()).submit(texts),
    redeemPinReset: async (reset) => (await real()).redeemPinReset(reset),
    submitContacts: async (attempts) => (await real()).submitContacts(attempts),
    fetchPackage: async (etag) => (await real()).fetchPackage(etag),
  };
}
