import { type InProcessApi, startApi } from '../support/api-in-process.ts';
import { operations } from '../support/operations.ts';
import { makeSmallWorld, someInterviews, type SmallWorld } from '../support/small-world.ts';

const token = 'a token of the tests';

describe('/metrics', () => {
  let api: InProcessApi;
  let world: SmallWorld;
  beforeAll(async () => {
    api = await startApi();
    world = await makeSmallWorld(api, 1);
  });
  afterAll(() => api.stop());

  const read = (url: string, headers: Record<string, string> = {}) =>
    fetch(`${url}/metrics`, { headers });

  it('counts requests by operation and interviews by what became of them, and names nobody', async () => {
    const cookie = await api.cookieOf('interviewer');
    const interviews = someInterviews(2, world.assignments[0], world.version);
    for (const body of [{ interviews }, { interviews: interviews.slice(1) }]) {
      expect((await api.send('POST', '/interviews', { cookie, body })).status).toBe(200);
    }
    const reply = await read(api.url);
    expect(reply.status).toBe(200);
    expect(reply.headers.get('content-type')).toMatch(/^text\/plain/);
    const text = await reply.text();
    expect(text).toMatch(/akimetr_interviews_total\{status="stored"\} 2/);
    expect(text).toMatch(/akimetr_interviews_total\{status="duplicate"\} 1/);
    expect(text).toContain(
      'akimetr_http_request_seconds_count{operation="post /interviews",status="200"} 2',
    );
    expect(text).toMatch(/process_resident_memory_bytes \d/);
    for (const personal of ['interviewer"', interviews[0].id, world.assignments[0].id]) {
      expect(text).not.toContain(personal);
    }
  });

  it('is for this machine only, and for nobody through a proxy', async () => {
    for (const header of ['x-forwarded-for', 'forwarded', 'via']) {
      expect((await read(api.url, { [header]: '127.0.0.1' })).status).toBe(404);
    }
  });
});

describe('/metrics with a token', () => {
  let api: InProcessApi;
  beforeAll(async () => {
    api = await startApi({ metricsToken: token });
  });
  afterAll(() => api.stop());

  it('is for whoever sends it, from wherever', async () => {
    const statusWith = async (headers: Record<string, string>) =>
      (await fetch(`${api.url}/metrics`, { headers })).status;
    const proxy = { 'x-forwarded-for': '192.0.2.1' };
    expect(await statusWith({ ...proxy, authorization: `Bearer ${token}` })).toBe(200);
    const others: Record<string, string>[] = [{}, proxy, { authorization: 'Bearer another' }];
    for (const headers of others) {
      expect(await statusWith(headers)).toBe(404);
    }
  });

  it('leaves /docs to everybody: every operation, and nothing from elsewhere', async () => {
    const reply = await fetch(`${api.url}/docs`);
    expect(reply.headers.get('content-type')).toMatch(/^text\/html/);
    const page = await reply.text();
    for (const { method, path } of operations) {
      expect(page).toContain(`<b>${method}</b> <code>${path.replace(/:(\w+)/g, '{$1}')}</code>`);
    }
    expect(page).not.toMatch(/<script|https?:\/\/|src=/);
  });
});
