import { randomUUID } from 'node:crypto';
import type { Operation } from '../../api/src/contracts/operation.ts';
import { problem } from '../../api/src/contracts/problem.ts';
import { role } from '../../api/src/contracts/roles.ts';
import { may } from '../../api/src/domain/permissions.ts';
import { type InProcessApi, startApi } from '../support/api-in-process.ts';
import { makeSmallWorld, type SmallWorld } from '../support/small-world.ts';
import { operations } from '../support/operations.ts';
import { password } from '../support/running-app.ts';

const addressOf = ({ path }: Operation) =>
  path.replace(':code', 'no-such').replace(':version', '1').replace(/:\w+/g, randomUUID());
const name = ({ method, path }: Operation) => `${method.toUpperCase()} ${path}`;
const logins = {
  administrator: 'admin',
  sociologist: 'sociologist',
  supervisor: 'supervisor',
  interviewer: 'interviewer',
  official: 'official',
};

describe('permissions', () => {
  let api: InProcessApi;
  let world: SmallWorld;
  const cookies: Record<string, string> = {};

  beforeAll(async () => {
    api = await startApi();
    world = await makeSmallWorld(api, 1);
    for (const [one, login] of Object.entries(logins)) cookies[one] = await api.cookieOf(login);
  });
  afterAll(() => api.stop());

  it('cover every operation of the API', () => {
    expect(operations.length).toBeGreaterThan(30);
  });

  it.each(
    operations.filter(({ access }) => access !== 'anyone').map((one) => [name(one), one] as const),
  )('%s needs a session and the permission', async (_name, operation) => {
    const { method } = operation;
    const stranger = await api.send(method.toUpperCase(), addressOf(operation));
    expect(stranger.status).toBe(401);
    expect(problem.parse(stranger.body).requestId).toBe(stranger.headers.get('x-request-id'));
    if (operation.access === 'signed-in' || operation.access === 'anyone') return;
    for (const one of role.options) {
      const reply = await api.send(method.toUpperCase(), addressOf(operation), {
        cookie: cookies[one],
      });
      const allowed = may({ role: one, regions: [] }, operation.access);
      if (allowed) expect(reply.status).not.toBe(403);
      else expect([one, reply.status, reply.body.code]).toEqual([one, 403, 'forbidden']);
    }
  });

  describe('of a supervisor of another region', () => {
    let elsewhere: string;
    beforeAll(async () => {
      await api.send('POST', '/users', {
        cookie: cookies.administrator,
        body: {
          login: 'elsewhere',
          name: 'E',
          role: 'supervisor',
          regions: ['620000000'],
          password,
        },
      });
      elsewhere = await api.cookieOf('elsewhere');
    });

    it('reach no assignment', async () => {
      const { id } = world.wave;
      const all = await api.send('GET', `/assignments?wave=${id}`, { cookie: elsewhere });
      expect(all.body).toEqual({ assignments: [], total: 0 });
      const asked = await api.send('GET', `/assignments?wave=${id}&region=150000000`, {
        cookie: elsewhere,
      });
      expect(asked.status).toBe(404);
    });

    it('hand out no work there', async () => {
      const reply = await api.send('POST', '/assignments', {
        cookie: elsewhere,
        body: {
          waveId: world.wave.id,
          assignments: [
            {
              akimId: world.akims[0].id,
              interviewer: 'interviewer',
              samplingPoint: { code: 'new', name: 'New', stratum: 's', settlement: 'rural' },
              baseWeight: 1,
              targetInterviews: 1,
            },
          ],
        },
      });
      expect(reply.status).toBe(422);
      expect(reply.body.fields[0].path).toBe('body.assignments.0.akimId');
    });
  });

  it('let the world of an official be what is published: nothing yet', async () => {
    const { official } = cookies;
    expect((await api.send('GET', '/waves', { cookie: official })).body).toEqual({ waves: [] });
    const ranking = `/waves/${world.wave.id}/ranking?level=district`;
    expect((await api.send('GET', ranking, { cookie: official })).status).toBe(404);
    const profile = `/akims/${world.akims[0].id}/profile?wave=${world.wave.id}`;
    expect((await api.send('GET', profile, { cookie: official })).status).toBe(404);
  });
});
