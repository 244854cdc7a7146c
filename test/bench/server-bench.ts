import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { pino } from 'pino';
import type { Akim } from '../../api/src/contracts/akims.ts';
import type { Assignment } from '../../api/src/contracts/assignments.ts';
import type { Receipt } from '../../api/src/contracts/interviews.ts';
import type { QuestionnaireVersion } from '../../api/src/contracts/questionnaires.ts';
import type { Wave } from '../../api/src/contracts/waves.ts';
import { connectDatabase } from '../../api/src/models/database.ts';
import { estimateStore } from '../../api/src/models/estimates.ts';
import { startEstimator } from '../../api/src/services/estimator.ts';
import { openStore } from '../../api/src/store/open-store.ts';
import { assignmentsOf, interviewsOf } from '../../scripts/demo-plan.ts';
import { HttpClient } from '../../scripts/http-client.ts';
import { loadDemo } from '../../scripts/load-demo.ts';
import { exitOf, startServer, type ServerProcess } from '../../scripts/run-server.ts';
import { LoadClient, percentile, type Load } from './load-client.ts';

export type Print = (figure: Record<string, unknown>) => void;

const password = 'benchmark password';
const round = (value: number, digits = 1): number => Number(value.toFixed(digits));

function latencies(load: Load) {
  const { latenciesMs } = load;
  return {
    p50Ms: round(percentile(latenciesMs, 50)),
    p95Ms: round(percentile(latenciesMs, 95)),
    p99Ms: round(percentile(latenciesMs, 99)),
  };
}

async function cookieOf(url: string, login: string): Promise<string> {
  const response = await fetch(`${url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login, password }),
  });
  return response.headers.getSetCookie()[0].split(';')[0];
}

/** Resident memory of a process in MB: all of it, and without files mapped into it (the store's pages). */
function memoryOf(pid: number) {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const mb = (key: string) =>
    round(Number(new RegExp(`${key}:\\s+(\\d+)`).exec(status)?.[1]) / 1024, 0);
  return { residentMb: mb('VmRSS'), withoutMappedFilesMb: mb('RssAnon'), peakMb: mb('VmHWM') };
}

interface World {
  server: ServerProcess;
  sociologist: HttpClient;
  versions: Readonly<Record<'district' | 'rural', QuestionnaireVersion>>;
  akims: Akim[];
}

async function prepare(server: ServerProcess, print: Print): Promise<World> {
  await new HttpClient(server.url).post('/setup', {
    token: server.setupToken,
    login: 'admin',
    name: 'Benchmark',
    password,
  });
  const begun = performance.now();
  await loadDemo({ url: server.url, password, progress: () => undefined });
  print({
    figure: 'demo data loaded, estimated and published through the API',
    seconds: round((performance.now() - begun) / 1000),
  });
  const sociologist = await new HttpClient(server.url).signIn('sociologist', password);
  const versionOf = (code: string) =>
    sociologist.get<QuestionnaireVersion>(`/questionnaires/${code}/versions/1`);
  const versions = {
    district: await versionOf('akim-district'),
    rural: await versionOf('akim-rural'),
  };
  const { akims } = await sociologist.get<{ akims: Akim[] }>('/akims?limit=3000');
  return { server, sociologist, versions, akims };
}

/** An open wave of its own, with a methodology that rates an akim on very few interviews. */
async function makeWave({ sociologist }: World, code: string): Promise<Wave> {
  const shipped = JSON.parse(
    readFileSync(new URL('../../surveys/methodology-2026.json', import.meta.url), 'utf8'),
  ) as { rules: object };
  const rules = { minimumRespondents: 2, minimumEffectiveN: 2, maximumStandardError: 100 };
  await sociologist.post('/methodologies', {
    methodology: { ...shipped, code, version: 1, rules: { ...shipped.rules, ...rules } },
  });
  const wave = await sociologist.post<Wave>('/waves', {
    code,
    name: { kk: code, ru: code, en: code },
    questionnaires: ['district', 'rural'].map((level) => ({
      level,
      code: `akim-${level}`,
      version: 1,
    })),
    methodology: { code, version: 1 },
    opensOn: '2026-11-01',
    closesOn: '2026-12-31',
  });
  await sociologist.post(`/waves/${wave.id}/lock`);
  return sociologist.post<Wave>(`/waves/${wave.id}/open`);
}

async function assign(
  { sociologist }: World,
  wave: Wave,
  akims: readonly Akim[],
  points: number,
): Promise<Assignment[]> {
  const wanted = akims.flatMap((akim) => assignmentsOf(akim, null, 'fieldwork').slice(0, points));
  const made: Assignment[] = [];
  for (let start = 0; start < wanted.length; start += 500) {
    const reply = await sociologist.post<{ assignments: Assignment[] }>('/assignments', {
      waveId: wave.id,
      assignments: wanted.slice(start, start + 500),
    });
    made.push(...reply.assignments);
  }
  return made;
}

function bodiesOf(world: World, assignments: readonly Assignment[], perBody: number): Buffer[] {
  const interviews = assignments.flatMap((one) => {
    if (one.level === 'region') throw new Error('no wave of the bench asks about regions');
    return interviewsOf(one, world.versions[one.level], '2026-11-02');
  });
  return Array.from({ length: Math.ceil(interviews.length / perBody) }, (_, place) =>
    Buffer.from(
      JSON.stringify({ interviews: interviews.slice(place * perBody, (place + 1) * perBody) }),
    ),
  );
}

/** A figure of interviews that were refused would be no figure of acceptance. */
function allStored(reply: Buffer): void {
  const { receipts } = JSON.parse(reply.toString()) as { receipts: Receipt[] };
  const bad = receipts.find(({ status }) => status !== 'stored');
  if (bad !== undefined) throw new Error(`not stored: ${JSON.stringify(bad)}`);
}

async function benchAcceptance(world: World, print: Print): Promise<void> {
  const { server, akims } = world;
  const districts = akims.filter(({ level }) => level === 'district');
  const cookie = await cookieOf(server.url, 'fieldwork');
  const client = new LoadClient(server.url, cookie);
  for (const [code, perBody, concurrency, chosen] of [
    ['bench-batches', 50, 4, districts.slice(0, 160)],
    ['bench-single', 1, 32, districts.slice(160, 220)],
  ] as const) {
    const wave = await makeWave(world, code);
    const bodies = bodiesOf(world, await assign(world, wave, chosen, 16), perBody);
    const load = await client.postAll('/interviews', bodies, concurrency, allStored);
    const count = chosen.length * 16 * 6;
    print({
      figure: `interviews accepted in batches of ${perBody}, concurrency ${concurrency}`,
      perSecond: round((1000 * count) / load.elapsedMs, 0),
      interviews: count,
      ...latencies(load),
    });
  }
  client.close();
  print({ figure: 'server memory after acceptance', ...memoryOf(server.child.pid!) });
}

async function benchRanking(world: World, print: Print): Promise<void> {
  const rural = world.akims.filter(({ level }) => level === 'rural');
  const wave = await makeWave(world, 'bench-ranking');
  const bodies = bodiesOf(world, await assign(world, wave, rural, 2), 100);
  const field = new LoadClient(world.server.url, await cookieOf(world.server.url, 'fieldwork'));
  await field.postAll('/interviews', bodies, 3, allStored);
  field.close();
  const path = `/waves/${wave.id}/ranking?level=rural`;
  for (;;) {
    const { staleAkims } = await world.sociologist.get<{ staleAkims: number }>(path);
    if (staleAkims === 0) break;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  const client = new LoadClient(world.server.url, await cookieOf(world.server.url, 'sociologist'));
  const load = await client.getMany(path, 300, 4);
  client.close();
  print({
    figure: 'ranking of 2,335 akims read, concurrency 4',
    akims: rural.length,
    ...latencies(load),
  });
}

/** Every estimate of the demo's closed wave made anew, by the estimator itself on the stored interviews. */
async function benchEstimates(dataDir: string, waveId: string, print: Print): Promise<void> {
  const store = await openStore({ dataDir });
  const database = await connectDatabase(store.uri);
  const estimates = await estimateStore.listOfWave(waveId);
  await estimateStore.markStale(estimates);
  const estimator = startEstimator({ now: () => new Date(), log: pino({ level: 'error' }) });
  const begun = performance.now();
  await estimator.settled();
  const interviews = estimates.reduce((sum, { result }) => sum + (result?.interviews ?? 0), 0);
  print({
    figure: 'all estimates of the demo wave made anew, read and write included',
    seconds: round((performance.now() - begun) / 1000, 2),
    interviews,
    akims: estimates.length,
  });
  await estimator.stop();
  await database.close();
  await store.close();
}

/** Acceptance, memory, ranking and estimation of a real server process on the embedded store. */
export async function benchServer(print: Print): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'akimetr-bench-'));
  const server = await startServer({
    ...process.env,
    PORT: '0',
    HOST: '127.0.0.1',
    DATA_DIR: dataDir,
    AKIMETR_DEMO: 'true',
    LOG_LEVEL: 'warn',
  });
  try {
    const world = await prepare(server, print);
    const { waves } = await world.sociologist.get<{ waves: Wave[] }>('/waves');
    const closed = waves.find(({ status }) => status === 'closed')!;
    await benchAcceptance(world, print);
    await benchRanking(world, print);
    server.child.kill('SIGTERM');
    await exitOf(server.child);
    await benchEstimates(dataDir, closed.id, print);
  } finally {
    server.child.kill('SIGKILL');
    rmSync(dataDir, { recursive: true, force: true });
  }
}
