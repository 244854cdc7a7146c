import { password } from '../support/running-app.ts';
import { type InProcessApi, startApi } from '../support/api-in-process.ts';

const minute = 60_000;

describe('sessions', () => {
  let api: InProcessApi;
  let admin: string;

  beforeAll(async () => {
    api = await startApi();
    admin = await api.cookieOf('admin');
  });
  afterAll(() => api.stop());

  const signIn = (login: string, withPassword: string, headers = {}) =>
    api.send('POST', '/session', { body: { login, password: withPassword }, headers });
  const makeUser = (login: string, role = 'official') =>
    api.send('POST', '/users', {
      cookie: admin,
      body: { login, name: login, role, regions: [], password },
    });

  it('are an httpOnly cookie that other sites cannot send, and secure behind https', async () => {
    const plain = (await signIn('admin', password)).headers.getSetCookie()[0];
    expect(plain).toMatch(/HttpOnly/);
    expect(plain).toMatch(/SameSite=Strict/);
    expect(plain).not.toMatch(/Secure/);
    const https = await signIn('admin', password, { 'x-forwarded-proto': 'https' });
    expect(https.headers.getSetCookie()[0]).toMatch(/Secure/);
  });

  it('tell who is signed in, and end with signing out', async () => {
    const cookie = await api.cookieOf('admin');
    expect((await api.send('GET', '/session', { cookie })).body.session.user).toMatchObject({
      login: 'admin',
      role: 'administrator',
    });
    await api.send('DELETE', '/session', { cookie });
    expect((await api.send('GET', '/session', { cookie })).body).toEqual({ session: null });
    expect((await api.send('GET', '/users', { cookie })).status).toBe(401);
  });

  it('live on while they are used, and so does the cookie', async () => {
    await makeUser('steady');
    const [cookie = ''] = (await signIn('steady', password)).headers.getSetCookie();
    const expiry = (set: string | undefined) => Date.parse(/Expires=([^;]+)/.exec(set ?? '')![1]);
    const use = () => api.send('GET', '/session', { cookie: cookie.split(';')[0] });
    expect((await use()).headers.getSetCookie()).toEqual([]);
    api.passTime(2 * 60 * minute);
    const prolonged = await use();
    const [renewed] = prolonged.headers.getSetCookie();
    expect(expiry(renewed) - expiry(cookie)).toBeGreaterThanOrEqual(2 * 60 * minute);
    expect(renewed).toMatch(/HttpOnly.*SameSite=Strict/);
    expect(Math.abs(expiry(renewed) - Date.parse(prolonged.body.session.expiresAt))).toBeLessThan(
      1000,
    );
    expect((await use()).headers.getSetCookie()).toEqual([]);
  });

  it('answer an unknown login as a wrong password', async () => {
    const wrong = await signIn('admin', 'not the password');
    const unknown = await signIn('nobody', 'not the password');
    for (const reply of [wrong, unknown]) {
      expect(reply.status).toBe(401);
      expect(reply.body).toMatchObject({ code: 'wrong_credentials' });
      expect(reply.headers.getSetCookie()).toEqual([]);
    }
  });

  it('lock an account after five wrong passwords, longer each time, and tell how long', async () => {
    await makeUser('careless');
    for (let attempt = 0; attempt < 5; attempt += 1) {
      expect((await signIn('careless', 'wrong')).body.code).toBe('wrong_credentials');
    }
    const locked = await signIn('careless', password);
    expect(locked.status).toBe(429);
    expect(locked.body).toMatchObject({ code: 'locked_out' });
    expect(locked.body.retryAfterS).toBeLessThanOrEqual(60);
    api.passTime(minute + 1000);
    expect((await signIn('careless', 'wrong')).body.code).toBe('wrong_credentials');
    expect((await signIn('careless', password)).body.retryAfterS).toBeGreaterThan(100);
    api.passTime(2 * minute + 1000);
    expect((await signIn('careless', password)).status).toBe(200);
  });

  it('end for a disabled account at once, and for nobody else', async () => {
    const { body: user } = await makeUser('leaving');
    const cookie = await api.cookieOf('leaving');
    await api.send('PATCH', `/users/${user.id}`, { cookie: admin, body: { disabled: true } });
    expect((await api.send('GET', '/territories', { cookie })).status).toBe(401);
    expect((await signIn('leaving', password)).body.code).toBe('wrong_credentials');
    expect((await api.send('GET', '/users', { cookie: admin })).status).toBe(200);
  });

  it('end everywhere else when the password changes', async () => {
    await makeUser('changing');
    const here = await api.cookieOf('changing');
    const elsewhere = await api.cookieOf('changing');
    const wrong = await api.send('POST', '/session/password', {
      cookie: here,
      body: { currentPassword: 'no', newPassword: 'another password' },
    });
    expect(wrong.body.code).toBe('wrong_credentials');
    await api.send('POST', '/session/password', {
      cookie: here,
      body: { currentPassword: password, newPassword: 'another password' },
    });
    expect((await api.send('GET', '/territories', { cookie: here })).status).toBe(200);
    expect((await api.send('GET', '/territories', { cookie: elsewhere })).status).toBe(401);
    expect((await signIn('changing', 'another password')).status).toBe(200);
  });

  it('end after half a day at a desk when they are not used', async () => {
    await makeUser('idle');
    const cookie = await api.cookieOf('idle');
    api.passTime(11 * 60 * minute);
    expect((await api.send('GET', '/territories', { cookie })).status).toBe(200);
    api.passTime(13 * 60 * minute);
    expect((await api.send('GET', '/territories', { cookie })).status).toBe(401);
    admin = await api.cookieOf('admin');
  });

  it('do not let another site write', async () => {
    const sent: Record<string, string>[] = [
      { 'sec-fetch-site': 'cross-site' },
      { origin: 'https://example.org' },
      { origin: 'null' },
    ];
    for (const headers of sent) {
      const reply = await api.send('DELETE', '/session', { cookie: admin, headers });
      expect(reply.status).toBe(403);
      expect(reply.body.code).toBe('cross_site');
    }
    expect((await api.send('GET', '/users', { cookie: admin })).status).toBe(200);
  });

  it('take the address that a trusted proxy names for their own', async () => {
    const proxied = { 'x-forwarded-host': 'akimetr.example.kz' };
    const status = async (origin: string) =>
      (await signIn('admin', password, { ...proxied, origin })).status;
    expect(await status('https://akimetr.example.kz')).toBe(200);
    expect(await status('https://akimetr.example.kz:8443')).toBe(403);
    expect(await status(api.url)).toBe(403);
    const withPort = { 'x-forwarded-host': 'akimetr.example.kz:443' };
    const origin = 'https://akimetr.example.kz';
    expect((await signIn('admin', password, { ...withPort, origin })).status).toBe(200);
  });

  it('refuse a setup link once there is an administrator', async () => {
    const body = { token: 'x'.repeat(32), login: 'second', name: 'Second', password };
    expect((await api.send('POST', '/setup', { body })).body.code).toBe('setup_done');
  });
});
