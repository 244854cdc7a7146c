import { randomUUID } from 'node:crypto';
import type { ContactAttempt } from '../../api/src/contracts/contact-attempts.ts';
import type { Assignment } from '../../api/src/contracts/assignments.ts';
import type { Profile } from '../../api/src/contracts/rankings.ts';
import { type InProcessApi, startApi } from '../support/api-in-process.ts';
import {
  districtQuestionnaire,
  handIn,
  makeSmallWorld,
  someInterviews,
  type SmallWorld,
} from '../support/small-world.ts';

describe('the non-response adjustment of a wave', () => {
  let api: InProcessApi;
  let world: SmallWorld;
  /** Sampling points of one akim: urban 100 and 120, rural 110 and 130 by base weight. */
  let points: Assignment[];

  beforeAll(async () => {
    api = await startApi();
    world = await makeSmallWorld(api, 1, false, districtQuestionnaire(), {
      calibration: { method: 'none' },
      nonResponse: 'stratum',
    });
    points = world.assignments.filter(({ akimId }) => akimId === world.akims[0].id);
    for (const point of points) {
      const interviews = someInterviews(12, point, world.version);
      await handIn(
        world.interviewer,
        interviews.map((interview, place) => ({ ...interview, household: place + 1 })),
      );
    }
    await api.estimator.settled();
  });
  afterAll(() => api.stop());

  const attempt = (
    point: Assignment,
    household: number,
    disposition: ContactAttempt['disposition'],
  ): ContactAttempt => ({
    id: randomUUID(),
    ...{ waveId: point.waveId, assignmentId: point.id, household, disposition },
    ...{ attemptedAt: '2026-11-03T05:00:00.000Z', clockOffsetMs: 0, nextStep: 'none' },
    deviceId: '00000000-0000-4000-8000-000000000001',
    appVersion: 'tests',
  });
  const post = (attempts: ContactAttempt[]) =>
    world.interviewer.post('/field/contact-attempts', { attempts });
  const ratio = async () => {
    await api.estimator.settled();
    const [{ akimId, waveId }] = points;
    const { weighting } = await world.sociologist.get<Profile>(
      `/akims/${akimId}/profile?wave=${waveId}`,
    );
    return weighting!.ratio!;
  };

  it('changes nothing where everybody who was tried answered', async () => {
    await post([attempt(points[0], 1, 'no_answer'), attempt(points[0], 1, 'complete')]);
    expect(await ratio()).toEqual({ least: 1, median: 1, greatest: 1 });
  });

  it('lets those who answered stand for those of their stratum who did not', async () => {
    // Urban: 12 · 100 + 12 · 120 answered, 100 did not. A household that was none is not of the sample.
    await post([
      attempt(points[0], 41, 'no_answer'),
      attempt(points[0], 41, 'no_access'),
      attempt(points[0], 42, 'no_answer'),
      attempt(points[0], 42, 'not_a_dwelling'),
    ]);
    expect(points[0].samplingPoint.stratum).toBe('urban');
    const { least, greatest } = await ratio();
    expect(least).toBe(1);
    expect(greatest).toBeCloseTo((12 * 100 + 12 * 120 + 100) / (12 * 100 + 12 * 120), 12);
  });
});
