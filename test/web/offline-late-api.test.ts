/**
 * @jest-environment node
 * @jest-environment-options {"globalsCleanup": "off"}
 */
import { lateFieldApi } from '../../web/src/offline/late-field-api.ts';
import { ScriptedServer } from './field-surroundings.ts';

describe('lateFieldApi', () => {
  it('fetches the real one with the first call, once, and hands every call on as it is', async () => {
    const server = new ScriptedServer();
    const signIn = jest.spyOn(server, 'signIn');
    const load = jest.fn(() => Promise.resolve(server));
    const api = lateFieldApi(load);
    expect(load).not.toHaveBeenCalled();
    expect(await api.sessionUser()).toEqual(server.user);
    await api.signIn('login', 'password');
    expect(signIn).toHaveBeenCalledWith('login', 'password');
    expect((await api.fetchPackage('"1"')).content).toBeNull();
    expect(load).toHaveBeenCalledTimes(1);
  });

  it('tries again with the next call when it could not be fetched', async () => {
    const server = new ScriptedServer();
    const load = jest.fn(() => Promise.resolve(server));
    load.mockRejectedValueOnce(new Error('no network'));
    const api = lateFieldApi(load);
    await expect(api.sessionUser()).rejects.toThrow('no network');
    expect(await api.sessionUser()).toEqual(server.user);
  });
});
