import { request } from 'node:http';
import { gzipSync } from 'node:zlib';
import mongoose from 'mongoose';
import { problem } from '../../api/src/contracts/problem.ts';
import { randomStream } from '../../api/src/domain/random.ts';
import { type InProcessApi, startApi } from '../support/api-in-process.ts';
import { makeSmallWorld, someInterviews, type SmallWorld } from '../support/small-world.ts';

const random = randomStream('hostile bodies');
const oneOf = <T>(values: readonly T[]): T => values[random.integer(values.length)];
const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
const hostileValues: unknown[] = [
  null,
  true,
  -1,
  1e308,
  '',
  'x',
  [],
  {},
  [[]],
  { $gt: '' },
  { $where: 'sleep(1000)' },
  '\u0000',
  '$ne',
  'not-a-uuid',
  '00000000-0000-0000-0000-00000000000g',
  'a'.repeat(100_000),
  Number.MAX_SAFE_INTEGER + 2,
  { toString: 'x' },
  { __proto__x: 1 },
  '2026-13-45T99:99:99Z',
  { constructor: { prototype: { admin: true } } },
];
const hostileKeys = ['$where', '$gt', '__proto__', 'constructor', 'a.b', 'prototype'];

/** A valid interview with one thing in it turned against the server. */
function spoiled(interview: Record<string, unknown>): string {
  const members = Object.keys(interview).filter(
    (key) => key !== 'language' && key !== 'appVersion',
  );
  const kind = random.integer(4);
  const key = oneOf(members);
  if (kind === 0) return JSON.stringify({ ...interview, [key]: { $ne: oneOf(hostileValues) } });
  if (kind === 1) {
    const { [key]: _gone, ...rest } = interview;
    return JSON.stringify(rest);
  }
  const hostile = `${JSON.stringify(oneOf(hostileKeys))}:${JSON.stringify(oneOf(hostileValues))}`;
  if (kind === 2) return JSON.stringify(interview).replace('"answers":{', `"answers":{${hostile},`);
  return `{${hostile},${JSON.stringify(interview).slice(1)}`;
}

const wholeBodies: (string | Buffer)[] = [
  Buffer.from('{"interviews":["\xcd\xf3"]}', 'latin1'),
  '',
  '{',
  'null',
  '[]',
  '"interviews"',
  '{"interviews":null}',
  '{"interviews":[]}',
  '{"interviews":{}}',
  '{"interviews":[null]}',
  '{"interviews":[1,2,3]}',
  `{"interviews":[${nested(100_000)}]}`,
  nested(200_000),
  '{"interviews":[{}],"more":1}',
  `{"interviews":[${'{},'.repeat(5000)}{}]}`,
  '\ufeff{}',
  '\u0000',
  `{"__proto__":{"interviews":[]}}`,
  '{"interviews":[{"id":{"$gt":""}}]}',
  'NaN',
  '{"interviews":[NaN]}',
];

describe('hostile input', () => {
  let api: InProcessApi;
  let world: SmallWorld;
  let cookie: string;
  beforeAll(async () => {
    api = await startApi();
    world = await makeSmallWorld(api, 1);
    cookie = await api.cookieOf('interviewer');
  });
  afterAll(() => api.stop());

  const stored = () => mongoose.connection.collection('interviews').countDocuments();
  async function expectRefused(path: string, body: string | Buffer, as: string, headers = {}) {
    const reply = await api.send('POST', path, { cookie: as, body, headers });
    const shown = `${path} ${body.toString().slice(0, 200)}`;
    expect([reply.status >= 400 && reply.status < 500, reply.status, shown]).toEqual([
      true,
      reply.status,
      shown,
    ]);
    expect(reply.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(problem.parse(reply.body).requestId).toBe(reply.headers.get('x-request-id'));
  }

  it('of 300 kinds is refused by POST /interviews with a problem, and nothing is stored', async () => {
    const good = someInterviews(300 - wholeBodies.length, world.assignments[0], world.version);
    const bodies = [...wholeBodies, ...good.map((one) => `{"interviews":[${spoiled(one)}]}`)];
    expect(bodies).toHaveLength(300);
    for (const body of bodies) await expectRefused('/interviews', body, cookie);
    expect(await stored()).toBe(0);
  });

  it('of wrong kinds and codings of the body is refused', async () => {
    const body = JSON.stringify({ interviews: [] });
    for (const type of [
      'text/plain',
      'application/xml',
      'multipart/form-data',
      'application/json; charset=nonsense',
    ]) {
      await expectRefused('/interviews', body, cookie, { 'content-type': type });
    }
    const gzip = gzipSync(body);
    await expectRefused('/interviews', gzip.subarray(0, 10), cookie, {
      'content-encoding': 'gzip',
    });
    await expectRefused('/interviews', body, cookie, { 'content-encoding': 'gzip' });
    await expectRefused('/interviews', body, cookie, { 'content-encoding': 'nonsense' });
    const bomb = gzipSync(Buffer.alloc(60_000_000, ' '));
    await expectRefused('/interviews', bomb, cookie, { 'content-encoding': 'gzip' });
    await expectRefused('/interviews', Buffer.from([0xff, 0xfe, 0x7b, 0xc3, 0x28]), cookie);
  });

  it('of 50 MB gets its 413 while it is still being sent', async () => {
    const status = await new Promise<number>((resolve, reject) => {
      const sent = request(
        `${api.url}/api/v1/interviews`,
        { method: 'POST', headers: { cookie, 'content-type': 'application/json' } },
        (response) => {
          response.resume();
          resolve(response.statusCode!);
        },
      );
      sent.on('error', reject);
      const chunk = Buffer.alloc(1_000_000, 'x');
      for (let megabyte = 0; megabyte < 50; megabyte += 1) sent.write(chunk);
      sent.end();
    });
    expect(status).toBe(413);
    expect(await stored()).toBe(0);
  });

  it('to any other operation that writes is refused as well', async () => {
    const as = {
      admin: await api.cookieOf('admin'),
      sociologist: await api.cookieOf('sociologist'),
    };
    const paths = [
      ['/users', as.admin],
      ['/session/password', as.admin],
      ['/session', as.admin],
      ['/setup', as.admin],
      ['/questionnaires/x/versions', as.sociologist],
      ['/methodologies', as.sociologist],
      ['/waves', as.sociologist],
      ['/assignments', as.sociologist],
      ['/publications', as.sociologist],
    ] as const;
    const bodies = [
      '',
      '{',
      '[]',
      'null',
      nested(50_000),
      '{"login":{"$gt":""},"password":{"$gt":""}}',
      '{"__proto__":{"role":"administrator"}}',
      '{"questionnaire":{"pages":[{"elements":[{"type":"nonsense"}]}]}}',
      '{"waveId":{"$ne":null}}',
      JSON.stringify({ questionnaire: { title: 'x', pages: 7 } }),
      JSON.stringify({ methodology: { code: 'x' } }),
    ];
    for (const [path, who] of paths)
      for (const body of bodies) await expectRefused(path, body, who);
    expect((await api.send('GET', '/users', { cookie: as.admin })).status).toBe(200);
  });

  it('in addresses is not found', async () => {
    for (const path of [
      '/waves/%00/ranking?level=region',
      '/akims/__proto__/profile?wave=x',
      '/nothing',
      '/waves/%E0%A4%A/ranking',
    ]) {
      const { status } = await api.send('GET', path, { cookie: await api.cookieOf('sociologist') });
      expect([path, status >= 400 && status < 500]).toEqual([path, true]);
    }
  });
});
