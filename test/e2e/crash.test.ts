import type { Assignment } from '../../api/src/contracts/assignments.ts';
import type { InterviewInput } from '../../api/src/contracts/interviews.ts';
import { type HttpClient, RequestFailed } from '../../scripts/http-client.ts';
import { type RunningApp, startApp } from '../support/running-app.ts';
import {
  freshRanking,
  handIn,
  interviewsOf,
  makeSmallWorld,
  type SmallWorld,
  until,
} from '../support/small-world.ts';

const clients = 32;
/** Interviews acknowledged in a round before the server is killed, in the middle of the others. */
const rounds = [20, 150, 400];

let app: RunningApp;
let world: SmallWorld;
const acknowledged: InterviewInput[] = [];
/** Handed in, and the server died before its answer: it may have them or not. */
const unanswered: InterviewInput[] = [];

beforeAll(async () => {
  app = await startApp();
  world = await makeSmallWorld(app, clients / 8);
});

afterAll(() => app.stop());

/** One client hands in without a pause, singly and in small batches, until the server is gone. */
async function work(line: Iterator<InterviewInput, never>, told: () => void): Promise<void> {
  for (let size = 1; ; size = 1 + (size % 5)) {
    const batch = Array.from({ length: size }, () => line.next().value);
    const receipts = await handIn(world.interviewer, batch).catch((error: unknown) => {
      if (error instanceof RequestFailed) throw error;
      return null; // the server is gone
    });
    if (receipts === null) {
      unanswered.push(...batch);
      return;
    }
    expect(receipts.map(({ status }) => status)).toEqual(batch.map(() => 'stored'));
    acknowledged.push(...batch);
    told();
  }
}

async function killAmidWork(lines: Iterator<InterviewInput, never>[], enough: number) {
  const before = acknowledged.length;
  let killed: Promise<void> | undefined;
  const told = () => {
    if (acknowledged.length - before >= enough) killed ??= app.kill();
  };
  await Promise.all(lines.map((line) => work(line, told)));
  await killed;
  await app.restart();
}

const statusesOf = async (interviews: readonly InterviewInput[]): Promise<Set<string>> => {
  const statuses = new Set<string>();
  for (let start = 0; start < interviews.length; start += 200) {
    const receipts = await handIn(world.interviewer, interviews.slice(start, start + 200));
    for (const { status } of receipts) statuses.add(status);
  }
  return statuses;
};

async function storedByAkim(reader: HttpClient): Promise<Map<string, number>> {
  const { assignments } = await reader.get<{ assignments: Assignment[] }>(
    `/assignments?wave=${world.wave.id}&limit=1000`,
  );
  const counts = new Map<string, number>();
  for (const { akimId, interviewsReceived } of assignments) {
    counts.set(akimId, (counts.get(akimId) ?? 0) + interviewsReceived);
  }
  return counts;
}

const sum = (counts: Map<string, number>): number =>
  [...counts.values()].reduce((total, count) => total + count, 0);

describe('a server killed while 32 clients hand in', () => {
  it('keeps every interview it has acknowledged, exactly once, each time', async () => {
    expect(world.assignments).toHaveLength(clients);
    const lines = world.assignments.map((one) => interviewsOf(one, world.version));
    for (const enough of rounds) {
      const known = acknowledged.length;
      await killAmidWork(lines, enough);
      expect(acknowledged.length - known).toBeGreaterThanOrEqual(enough);
      const stored = sum(await storedByAkim(world.sociologist));
      expect(stored).toBeGreaterThanOrEqual(acknowledged.length);
      expect(stored).toBeLessThanOrEqual(acknowledged.length + unanswered.length);
    }
    expect(unanswered.length).toBeGreaterThan(0);
  });

  it('makes the estimates of what it has, though it died before it could', async () => {
    const stored = await storedByAkim(world.sociologist);
    const seen = await until(async () => {
      const rows = await freshRanking(world.sociologist, world.wave.id);
      const counts = new Map([...rows].map(([akimId, { n }]) => [akimId, n]));
      return sum(counts) >= sum(stored) ? counts : null;
    });
    expect(seen).toEqual(stored);
  });

  it('answers "duplicate" to everything acknowledged, and takes what it had not answered', async () => {
    expect(await statusesOf(acknowledged)).toEqual(new Set(['duplicate']));
    const statuses = await statusesOf(unanswered);
    expect([...statuses].filter((status) => !['stored', 'duplicate'].includes(status))).toEqual([]);
    expect(await statusesOf(unanswered)).toEqual(new Set(['duplicate']));
    const total = acknowledged.length + unanswered.length;
    expect(sum(await storedByAkim(world.sociologist))).toBe(total);
  });
});
