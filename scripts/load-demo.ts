import { readFileSync } from 'node:fs';
import type { Akim } from '@akimetr/api/contracts/akims';
import type { Assignment } from '@akimetr/api/contracts/assignments';
import { levels, type Level } from '@akimetr/api/contracts/common';
import type { InterviewInput, Receipt } from '@akimetr/api/contracts/interviews';
import type { Methodology } from '@akimetr/api/contracts/methodologies';
import type { Publication } from '@akimetr/api/contracts/publications';
import type {
  QuestionnaireSummary,
  QuestionnaireVersion,
} from '@akimetr/api/contracts/questionnaires';
import type { ImportReport, Territory } from '@akimetr/api/contracts/territories';
import type { Wave } from '@akimetr/api/contracts/waves';
import {
  akimsCsv,
  assignmentsOf,
  earlierEffort,
  inClosedWave,
  inEarlierWave,
  interviewsOf,
  type WantedAssignment,
} from './demo-plan.ts';
import { HttpClient, RequestFailed } from './http-client.ts';

export type Progress = (line: string) => void;

/** Demo accounts that a person signs in with; the supervisor and interviewer work in two regions. */
const own = ['150000000', '230000000'];
export const demoAccounts = [
  { login: 'sociologist', name: 'Demo sociologist', role: 'sociologist', regions: [] },
  { login: 'sociologist2', name: 'Demo sociologist 2', role: 'sociologist', regions: [] },
  { login: 'supervisor', name: 'Demo supervisor', role: 'supervisor', regions: own },
  { login: 'interviewer', name: 'Demo interviewer', role: 'interviewer', regions: own },
  { login: 'official', name: 'Demo official', role: 'official', regions: [] },
] as const;

const batchSize = 100;
const parallel = 3;

interface PlannedWave extends Pick<Wave, 'code' | 'name' | 'opensOn' | 'closesOn'> {
  asked: readonly Level[];
}

const earlierWave: PlannedWave = {
  code: 'demo-2026-spring',
  name: { kk: 'Демо: 2026 жылғы көктем', ru: 'Демо: весна 2026 года', en: 'Demo: spring 2026' },
  opensOn: '2026-04-01',
  closesOn: '2026-05-15',
  asked: ['region'],
};
const closedWave: PlannedWave = {
  code: 'demo-2026-autumn',
  name: { kk: 'Демо: 2026 жылғы күз', ru: 'Демо: осень 2026 года', en: 'Demo: autumn 2026' },
  opensOn: '2026-09-01',
  closesOn: '2026-10-15',
  asked: levels,
};
const openWave: PlannedWave = {
  code: 'demo-2026-winter',
  name: { kk: 'Демо: 2026 жылғы қыс', ru: 'Демо: зима 2026 года', en: 'Demo: winter 2026' },
  opensOn: '2026-11-01',
  closesOn: '2026-12-31',
  asked: levels,
};

interface Loading {
  url: string;
  password: string;
  progress: Progress;
}

const inBatches = <T>(values: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(values.length / size) }, (_, place) =>
    values.slice(place * size, (place + 1) * size),
  );

/** The questionnaire version asked about each level of akim. */
type Versions = Readonly<Record<Level, QuestionnaireVersion>>;

const content = (name: string): Record<string, unknown> =>
  JSON.parse(readFileSync(new URL(`../surveys/${name}`, import.meta.url), 'utf8')) as Record<
    string,
    unknown
  >;

async function makeAccounts(admin: HttpClient, password: string, regions: string[]): Promise<void> {
  for (const account of demoAccounts) {
    await admin.post('/users', { ...account, locale: 'kk', password });
  }
  await admin.post('/users', {
    login: 'fieldwork',
    name: 'Demo fieldwork team',
    role: 'interviewer',
    regions,
    locale: 'kk',
    password,
  });
}

async function publishQuestionnaire(
  sociologist: HttpClient,
  level: Level,
): Promise<QuestionnaireVersion> {
  const code = `akim-${level}`;
  const { version } = await sociologist.post<QuestionnaireSummary>(
    `/questionnaires/${code}/versions`,
    { questionnaire: content(`${code}.json`) },
  );
  return sociologist.get<QuestionnaireVersion>(`/questionnaires/${code}/versions/${version}`);
}

/** Who makes the waves, and what they ask and count by. */
interface Institute {
  sociologist: HttpClient;
  versions: Versions;
  methodology: Methodology;
}

async function makeInstitute(sociologist: HttpClient): Promise<Institute> {
  const methodology = content('methodology-2026.json') as unknown as Methodology;
  const versions = {
    region: await publishQuestionnaire(sociologist, 'region'),
    district: await publishQuestionnaire(sociologist, 'district'),
    rural: await publishQuestionnaire(sociologist, 'rural'),
  };
  await sociologist.post('/methodologies', { methodology });
  return { sociologist, versions, methodology };
}

async function makeWave(
  { sociologist, versions, methodology }: Institute,
  { asked, ...wave }: PlannedWave,
): Promise<Wave> {
  const { id } = await sociologist.post<Wave>('/waves', {
    ...wave,
    questionnaires: asked.map((level) => {
      const { code, version } = versions[level];
      return { level, code, version };
    }),
    methodology: { code: methodology.code, version: methodology.version },
  });
  await sociologist.post(`/waves/${id}/targets/shipped`);
  await sociologist.post(`/waves/${id}/lock`);
  return sociologist.post<Wave>(`/waves/${id}/open`);
}

async function assign(
  sociologist: HttpClient,
  waveId: string,
  wanted: readonly WantedAssignment[],
): Promise<Assignment[]> {
  const made: Assignment[] = [];
  for (const assignments of inBatches(wanted, 500)) {
    const reply = await sociologist.post<{ assignments: Assignment[] }>('/assignments', {
      waveId,
      assignments,
    });
    made.push(...reply.assignments);
  }
  return made;
}

async function handIn(client: HttpClient, interviews: readonly InterviewInput[]): Promise<void> {
  const { receipts } = await client.post<{ receipts: Receipt[] }>('/interviews', { interviews });
  const bad = receipts.find(({ status }) => status !== 'stored' && status !== 'duplicate');
  if (bad !== undefined) throw new Error(`A demo interview was not stored: ${JSON.stringify(bad)}`);
}

/** Hands in the interviews of every assignment, a few batches at a time, and tells how far it is. */
async function handInAll(
  client: HttpClient,
  assignments: readonly Assignment[],
  versions: Versions,
  firstDay: string,
  progress: Progress,
): Promise<number> {
  const total = assignments.reduce((sum, { targetInterviews }) => sum + targetInterviews, 0);
  const waiting = [...assignments];
  let done = 0;
  let told = 0;
  const work = async (): Promise<void> => {
    let batch: InterviewInput[] = [];
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      batch.push(...interviewsOf(next, versions[next.level], firstDay));
      if (batch.length < batchSize && waiting.length > 0) continue;
      for (const part of inBatches(batch, 200)) await handIn(client, part);
      done += batch.length;
      batch = [];
      const tenth = Math.floor((10 * done) / total);
      if (tenth > told) {
        told = tenth;
        progress(`  ${done.toLocaleString('en')} of ${total.toLocaleString('en')} interviews`);
      }
    }
    for (const part of inBatches(batch, 200)) await handIn(client, part);
    done += batch.length;
  };
  await Promise.all(Array.from({ length: parallel }, work));
  return total;
}

/** Publishing needs every estimate; they are made meanwhile, so it is asked again until they are there. */
async function publish(first: HttpClient, second: HttpClient, waveId: string): Promise<void> {
  for (;;) {
    try {
      const { id } = await first.post<Publication>('/publications', { waveId });
      await second.post(`/publications/${id}/approve`);
      return;
    } catch (error) {
      if (!(error instanceof RequestFailed) || error.code !== 'wave_state') throw error;
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
  }
}

/** Assignments of the open wave for the demo interviewer: districts and rural units of the own regions. */
function openAssignments(akims: readonly Akim[], populations: ReadonlyMap<string, number | null>) {
  const near = akims.filter(({ region }) => own.includes(region));
  const chosen = [
    ...near.filter(({ level }) => level === 'district').slice(0, 3),
    ...near.filter(({ level }) => level === 'rural').slice(0, 3),
  ];
  return chosen.flatMap((akim) =>
    assignmentsOf(akim, populations.get(akim.territory) ?? null, 'interviewer').slice(0, 2),
  );
}

/** A wave from its first day to its last: made, handed out, asked and closed. */
async function takeWave(
  institute: Institute,
  fieldwork: HttpClient,
  planned: PlannedWave,
  wanted: readonly WantedAssignment[],
  progress: Progress,
): Promise<Wave> {
  const wave = await makeWave(institute, planned);
  const assignments = await assign(institute.sociologist, wave.id, wanted);
  progress(`${assignments.length.toLocaleString('en')} sampling points are handed out.`);
  const { versions } = institute;
  const count = await handInAll(fieldwork, assignments, versions, planned.opensOn, progress);
  progress(`${count.toLocaleString('en')} synthetic interviews are stored and scored.`);
  await institute.sociologist.post(`/waves/${wave.id}/close`);
  return wave;
}

async function importAkims(admin: HttpClient, territories: Territory[]): Promise<Akim[]> {
  const report = await admin.postCsv<ImportReport>('/akims/import', akimsCsv(territories));
  if (!report.applied)
    throw new Error(`Demo akims were refused: ${JSON.stringify(report.faults[0])}`);
  const { akims } = await admin.get<{ akims: Akim[] }>('/akims?limit=3000');
  return akims;
}

/**
 * Fills a new demo server through its API alone, as people would: accounts, akims, a questionnaire for each
 * level, one methodology, two closed and published waves (a small one of regions, then one of about 39,000 interviews),
 * and an open wave with work to do.
 */
export async function loadDemo({ url, password, progress }: Loading): Promise<void> {
  const signIn = (login: string) => new HttpClient(url).signIn(login, password);
  const admin = await signIn('admin');
  const { territories } = await admin.get<{ territories: Territory[] }>('/territories?limit=3000');
  const populations = new Map(territories.map(({ kato, population }) => [kato, population]));
  const regions = territories.filter(({ level }) => level === 'region').map(({ kato }) => kato);
  await makeAccounts(admin, password, regions);
  progress('Demo accounts are made.');
  const akims = await importAkims(admin, territories);
  const inOffice = akims.filter(({ to }) => to === null).length;
  progress(`${inOffice.toLocaleString('en')} akims are in office (offices, no persons).`);

  const institute = await makeInstitute(await signIn('sociologist'));
  const fieldwork = await signIn('fieldwork');
  const points = (of: readonly Akim[], effort?: typeof earlierEffort) =>
    of.flatMap((akim) =>
      assignmentsOf(akim, populations.get(akim.territory) ?? null, 'fieldwork', effort),
    );
  const before = points(akims.filter(inEarlierWave), earlierEffort);
  const earlier = await takeWave(institute, fieldwork, earlierWave, before, () => undefined);
  const now = points(akims.filter(inClosedWave));
  const closed = await takeWave(institute, fieldwork, closedWave, now, progress);
  const second = await signIn('sociologist2');
  await publish(institute.sociologist, second, earlier.id);
  await publish(institute.sociologist, second, closed.id);
  progress('Both closed waves are estimated and published.');

  const open = await makeWave(institute, openWave);
  await assign(institute.sociologist, open.id, openAssignments(akims, populations));
  progress('The open wave has assignments for the interviewer.');
}
