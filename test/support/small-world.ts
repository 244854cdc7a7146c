import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Akim } from '../../api/src/contracts/akims.ts';
import type { Assignment } from '../../api/src/contracts/assignments.ts';
import type { InterviewInput, Receipt } from '../../api/src/contracts/interviews.ts';
import type { Methodology } from '../../api/src/contracts/methodologies.ts';
import type { Publication } from '../../api/src/contracts/publications.ts';
import type {
  QuestionnaireSummary,
  QuestionnaireVersion,
} from '../../api/src/contracts/questionnaires.ts';
import type { NotRatedAkim, RankedAkim, Ranking } from '../../api/src/contracts/rankings.ts';
import type { ImportReport, Territory } from '../../api/src/contracts/territories.ts';
import type { Wave } from '../../api/src/contracts/waves.ts';
import { type RandomStream, randomStream } from '../../api/src/domain/random.ts';
import { akimsCsv, seededUuid } from '../../scripts/demo-plan.ts';
import { type HttpClient, RequestFailed } from '../../scripts/http-client.ts';
import { akimEffects, syntheticAnswers } from '../../scripts/synthetic-answers.ts';
import { password, type RunningApp } from './running-app.ts';

/** Aktobe and Atyrau. */
export const regions = ['150000000', '230000000'] as const;

const accounts = [
  { login: 'sociologist', name: 'Sociologist', role: 'sociologist', regions: [] },
  { login: 'sociologist2', name: 'Second sociologist', role: 'sociologist', regions: [] },
  { login: 'supervisor', name: 'Supervisor', role: 'supervisor', regions },
  { login: 'interviewer', name: 'Interviewer', role: 'interviewer', regions },
  { login: 'official', name: 'Official', role: 'official', regions: [] },
] as const;

/** All that the world needs of an app, whether it runs in this process or in its own. */
type SignsIn = Pick<RunningApp, 'url' | 'signIn'>;

/** An app with accounts of every role, a few akims, and a wave under way; all made through the API. */
export interface SmallWorld {
  readonly app: SignsIn;
  readonly sociologist: HttpClient;
  readonly interviewer: HttpClient;
  readonly version: QuestionnaireVersion;
  readonly wave: Wave;
  /** District akims of both regions. */
  readonly akims: readonly Akim[];
  /** Four sampling points for each akim, in two strata. */
  readonly assignments: readonly Assignment[];
}

const content = (name: string): Record<string, unknown> =>
  JSON.parse(readFileSync(resolve(__dirname, '../../surveys', name), 'utf8'));

/** So many district akims of each of the two regions, in seats from the shipped territories. */
export async function importAkims(admin: HttpClient, perRegion: number): Promise<Akim[]> {
  const found: Territory[] = [];
  for (const region of regions) {
    const { territories } = await admin.get<{ territories: Territory[] }>(
      `/territories?level=district&region=${region}&limit=${perRegion}`,
    );
    found.push(...territories);
  }
  const report = await admin.postCsv<ImportReport>('/akims/import', akimsCsv(found));
  if (!report.applied) throw new Error(`akims were refused: ${JSON.stringify(report.faults)}`);
  return (await admin.get<{ akims: Akim[] }>('/akims')).akims;
}

async function openWave(
  sociologist: HttpClient,
  withTargets: boolean,
  questionnaire: Record<string, unknown>,
  rules: Partial<Methodology['rules']>,
): Promise<{ wave: Wave; version: QuestionnaireVersion }> {
  const methodology = methodologyFor(questionnaire);
  const { code, version } = await sociologist.post<QuestionnaireSummary>(
    `/questionnaires/${String(questionnaire.code)}/versions`,
    { questionnaire },
  );
  await sociologist.post('/methodologies', {
    methodology: { ...methodology, rules: { ...methodology.rules, ...rules } },
  });
  const { id } = await sociologist.post<Wave>('/waves', {
    code: 'wave-of-tests',
    name: { kk: 'Сынақ толқыны', ru: 'Волна проверки', en: 'Wave of tests' },
    questionnaires: [{ level: 'district', code, version }],
    methodology: { code: methodology.code, version: methodology.version },
    opensOn: '2026-11-01',
    closesOn: '2026-12-31',
  });
  if (withTargets) await sociologist.post(`/waves/${id}/targets/shipped`);
  await sociologist.post(`/waves/${id}/lock`);
  return {
    wave: await sociologist.post<Wave>(`/waves/${id}/open`),
    version: await sociologist.get(`/questionnaires/${code}/versions/${version}`),
  };
}

/** Four sampling points for an akim, in two strata. */
export const pointsOf = ({ id, territory, territoryName }: Akim) =>
  Array.from({ length: 4 }, (_, place) => {
    const settlement = place % 2 === 0 ? ('urban' as const) : ('rural' as const);
    return {
      akimId: id,
      interviewer: 'interviewer',
      samplingPoint: {
        code: `${territory}-${place + 1}`,
        name: `${territoryName.kk} №${place + 1}`,
        stratum: settlement,
        settlement,
      },
      baseWeight: 100 + 10 * place,
      targetInterviews: 1000,
    };
  });

/** The questionnaire for akims of districts, as it is shipped. */
export const districtQuestionnaire = (): Record<string, unknown> => content('akim-district.json');

/** The short form, as it is shipped: all that a tablet does with an interview, in a few pages. */
export const shortForm = (): Record<string, unknown> => content('akim-short.json');

/** The shipped methodology whose indicators the questionnaire measures. */
const methodologyFor = ({ code }: Record<string, unknown>): Methodology =>
  content(
    code === 'akim-short' ? 'methodology-short-2026.json' : 'methodology-2026.json',
  ) as unknown as Methodology;

/**
 * @param withTargets the wave is calibrated to the shipped adults; without, its estimates have base weights
 * @param rules of the shipped methodology that are otherwise
 */
export async function makeSmallWorld(
  app: SignsIn,
  perRegion = 2,
  withTargets = false,
  questionnaire = districtQuestionnaire(),
  rules: Partial<Methodology['rules']> = {},
): Promise<SmallWorld> {
  const admin = await app.signIn('admin');
  for (const account of accounts)
    await admin.post('/users', { ...account, locale: 'kk', password });
  const akims = await importAkims(admin, perRegion);
  const sociologist = await app.signIn('sociologist');
  const { wave, version } = await openWave(sociologist, withTargets, questionnaire, rules);
  const { assignments } = await sociologist.post<{ assignments: Assignment[] }>('/assignments', {
    waveId: wave.id,
    assignments: akims.flatMap(pointsOf),
  });
  const interviewer = await app.signIn('interviewer');
  return { app, sociologist, interviewer, version, wave, akims, assignments };
}

/**
 * An endless line of complete and valid interviews of one assignment, the same for the same seed.
 * @param quality −1 (a poor akim) … 1 (a good one)
 */
export function* interviewsOf(
  assignment: Assignment,
  { code, version, hash, questionnaire }: QuestionnaireVersion,
  quality = 0,
): Generator<InterviewInput, never> {
  const random: RandomStream = randomStream(`tests ${assignment.samplingPoint.code}`);
  const { settlement } = assignment.samplingPoint;
  const indicatorEffects = akimEffects(questionnaire, random.uniform);
  const deviceId = seededUuid(random);
  for (let deviceSequence = 1; ; deviceSequence += 1) {
    const answers = syntheticAnswers(questionnaire, random.uniform, quality, {
      sex: random.uniform() < 0.5 ? 'female' : 'male',
      age: 18 + random.integer(60),
      settlement,
      indicatorEffects,
    });
    yield {
      id: seededUuid(random),
      waveId: assignment.waveId,
      assignmentId: assignment.id,
      akimId: assignment.akimId,
      questionnaire: { code, version, hash },
      language: 'kk',
      answers,
      startedAt: '2026-11-03T05:00:00.000Z',
      completedAt: '2026-11-03T05:20:00.000Z',
      durationMs: 1_200_000,
      deviceId,
      deviceSequence,
      appVersion: 'tests',
    };
  }
}

/** So many interviews of one assignment. */
export function someInterviews(
  count: number,
  ...from: Parameters<typeof interviewsOf>
): InterviewInput[] {
  const line = interviewsOf(...from);
  return Array.from({ length: count }, () => line.next().value);
}

export async function handIn(
  client: HttpClient,
  interviews: readonly InterviewInput[],
): Promise<Receipt[]> {
  return (await client.post<{ receipts: Receipt[] }>('/interviews', { interviews })).receipts;
}

export async function until<T>(look: () => Promise<T | null>, waitMs = 100): Promise<T> {
  for (;;) {
    const found = await look();
    if (found !== null) return found;
    await new Promise((later) => setTimeout(later, waitMs));
  }
}

/** The ranking once every interview is in its figures, akim → its row. */
export async function freshRanking(
  reader: HttpClient,
  waveId: string,
): Promise<Map<string, RankedAkim | NotRatedAkim>> {
  const ranking = await until(async () => {
    const found = await reader.get<Ranking>(`/waves/${waveId}/ranking?level=district`);
    return found.staleAkims === 0 ? found : null;
  });
  return new Map([...ranking.ranked, ...ranking.notRated].map((row) => [row.akimId, row]));
}

/** Ends the fieldwork; two sociologists publish as soon as every estimate is made. */
export async function closeAndPublish({ app, sociologist, wave }: SmallWorld): Promise<void> {
  await sociologist.post(`/waves/${wave.id}/close`);
  const { id } = await until(() =>
    sociologist.post<Publication>('/publications', { waveId: wave.id }).catch((error: unknown) => {
      if (error instanceof RequestFailed && error.code === 'wave_state') return null;
      throw error;
    }),
  );
  await (await app.signIn('sociologist2')).post(`/publications/${id}/approve`);
}
