/**
 * The demo, decided by its seed alone: akims, assignments and interviews that nobody gave. Every akim is an
 * office, no person; how good an akim is, is drawn at random.
 */
import { createHash } from 'node:crypto';
import type { InterviewInput } from '@akimetr/api/contracts/interviews';
import type { Territory } from '@akimetr/api/contracts/territories';
import type { Akim } from '@akimetr/api/contracts/akims';
import type { Assignment } from '@akimetr/api/contracts/assignments';
import type { QuestionnaireVersion } from '@akimetr/api/contracts/questionnaires';
import { randomStream, type RandomStream } from '@akimetr/api/domain/random';
import { akimEffects, syntheticAnswers } from './synthetic-answers.ts';

const seed = randomStream('akimetr demo 2026');

/** The regions whose rural akims are in the closed wave: Aktobe and Atyrau. */
const ruralRegions = new Set(['150000000', '230000000']);

/** Points and interviews at each point, by level; a few rural akims have too few to be rated. */
const effort = {
  region: { points: 40, perPoint: 10 },
  district: { points: 16, perPoint: 6 },
  rural: { points: 8, perPoint: 5 },
} as const;
/** Of the wave before, which asked about regions only. */
export const earlierEffort = { points: 12, perPoint: 5 } as const;
const shareWithTooFew = 0.05;

/** A UUID of version 4 that the stream decides. */
export function seededUuid(random: RandomStream): string {
  const hex = Array.from({ length: 4 }, () => random.uint32().toString(16).padStart(8, '0')).join(
    '',
  );
  const variant = '89ab'[random.integer(4)];
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

const csvField = (value: string): string =>
  /[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;

type AkimRow = Record<string, string>;

/** Regions whose akim took office between the two closed waves of the demo: Abai and Ulytau. */
const handedOver = new Set(['100000000', '620000000']);
const lastDayOfPredecessors = '2026-06-14';
const firstDayOfSuccessors = '2026-06-15';

/** The tenure of a territory's akim, or of both where the office has changed hands. */
function akimRows(territory: Territory): AkimRow[] {
  const row = akimRow(territory);
  if (!handedOver.has(territory.kato)) return [row];
  return [
    { ...row, to: lastDayOfPredecessors },
    { ...row, from: firstDayOfSuccessors, term: '1' },
  ];
}

/** One akim in office for each territory, named by the office. */
function akimRow({ kato, level, office }: Territory): AkimRow {
  const random = seed.split(`akim ${kato}`);
  const elected =
    level === 'rural' ? random.uniform() < 0.95 : level === 'district' && random.uniform() < 0.22;
  const year = 2022 + random.integer(4);
  const month = String(1 + random.integer(12)).padStart(2, '0');
  return {
    territory: kato,
    name_kk: office.kk,
    name_ru: office.ru,
    name_en: office.en,
    from: `${year}-${month}-15`,
    to: '',
    took_office: elected ? 'elected' : random.uniform() < 0.06 ? 'acting' : 'appointed',
    nominated_by: elected ? (random.uniform() < 0.68 ? 'party' : 'self') : '',
    civil_service_before: random.uniform() < 0.67 ? 'yes' : 'no',
    birth_year: String(1966 + random.integer(26)),
    term: String(1 + random.integer(2)),
  };
}

export function akimsCsv(territories: readonly Territory[]): string {
  const rows = territories.flatMap(akimRows);
  const columns = Object.keys(rows[0]);
  const lines = rows.map((row) => columns.map((column) => csvField(row[column])).join(','));
  return [columns.join(','), ...lines].join('\n');
}

export type WantedAssignment = {
  akimId: string;
  interviewer: string;
  samplingPoint: Assignment['samplingPoint'];
  baseWeight: number;
  targetInterviews: number;
};

const inOfficeOn = ({ from, to }: Akim, day: string): boolean =>
  from <= day && (to === null || to >= day);

/** Akims that the closed wave asks about. */
export const inClosedWave = (akim: Akim): boolean =>
  inOfficeOn(akim, '2026-09-01') && (akim.level !== 'rural' || ruralRegions.has(akim.region));

/** Akims that the wave before it asks about. */
export const inEarlierWave = (akim: Akim): boolean =>
  inOfficeOn(akim, '2026-04-01') && akim.level === 'region';

/** Astana, Almaty and Shymkent have no rural settlements. */
const citiesOfRepublic = new Set(['710000000', '750000000', '790000000']);

/** The sampling points of one akim: an urban and a rural stratum above the rural level, where there are both. */
export function assignmentsOf(
  akim: Akim,
  population: number | null,
  interviewer: string,
  { points, perPoint }: { points: number; perPoint: number } = effort[akim.level],
): WantedAssignment[] {
  const random = seed.split(`assignments ${akim.territory}`);
  const tooFew = akim.level === 'rural' && random.uniform() < shareWithTooFew;
  const target = tooFew ? 2 + random.integer(2) : perPoint;
  const adults = (population ?? 3000) * 0.66;
  return Array.from({ length: points }, (_, place) => {
    const rural = akim.level === 'rural' || (place % 2 === 1 && !citiesOfRepublic.has(akim.region));
    const number = String(place + 1).padStart(2, '0');
    return {
      akimId: akim.id,
      interviewer,
      samplingPoint: {
        code: `${akim.territory}-${number}`,
        name: `${akim.territoryName.kk}, №${number}`,
        stratum: `${akim.territory}-${rural ? 'rural' : 'urban'}`,
        settlement: rural ? ('rural' as const) : ('urban' as const),
      },
      baseWeight: Math.max(
        1,
        Math.round((adults / points / target) * (0.8 + 0.4 * random.uniform())),
      ),
      targetInterviews: target,
    };
  });
}

/**
 * What is drawn once for an akim: how good it is overall, and where it is strong or weak. In the earlier wave some were
 * better or worse.
 */
function drawAkim(akimId: string, territory: string, questionnaire: object, isEarlier: boolean) {
  const random = seed.split(`quality ${territory}`);
  const since = isEarlier ? 0.25 * seed.split(`since ${territory}`).normal() : 0;
  return {
    akimId,
    quality: Math.max(-1, Math.min(1, 0.45 * random.normal() + since)),
    effects: akimEffects(questionnaire, random.uniform),
  };
}

const appVersion = 'demo';
const fieldworkDays = 40;

function age(random: RandomStream): number {
  return Math.min(95, 18 + Math.floor(62 * random.uniform() ** 1.25));
}

/** The interviews of one assignment, complete and valid. */
export function interviewsOf(
  assignment: Assignment,
  version: QuestionnaireVersion,
  firstDay: string,
): InterviewInput[] {
  const random = seed.split(`interviews ${firstDay} ${assignment.samplingPoint.code}`);
  const isEarlier = firstDay < '2026-06-01';
  const { akimId, territory } = assignment;
  const akim = drawAkim(akimId, territory, version.questionnaire, isEarlier);
  const point = 0.18 * random.normal();
  const deviceId = seededUuid(random);
  return Array.from({ length: assignment.targetInterviews }, (_, place) => {
    const started = new Date(
      Date.parse(`${firstDay}T04:00:00Z`) +
        random.integer(fieldworkDays) * 86_400_000 +
        random.integer(10 * 3600) * 1000,
    );
    const durationMs = 600_000 + random.integer(1_200_000);
    return {
      id: seededUuid(random),
      waveId: assignment.waveId,
      assignmentId: assignment.id,
      akimId: assignment.akimId,
      questionnaire: { code: version.code, version: version.version, hash: version.hash },
      language: random.uniform() < 0.7 ? ('kk' as const) : ('ru' as const),
      answers: syntheticAnswers(
        version.questionnaire,
        random.uniform,
        Math.max(-1, Math.min(1, akim.quality + point)),
        {
          sex: random.uniform() < 0.53 ? 'female' : 'male',
          age: age(random),
          settlement: assignment.samplingPoint.settlement,
          indicatorEffects: akim.effects,
        },
      ),
      startedAt: started.toISOString(),
      completedAt: new Date(started.getTime() + durationMs).toISOString(),
      durationMs,
      deviceId,
      deviceSequence: place + 1,
      appVersion,
    };
  });
}

/** A password for one who set none: 20 letters and digits that are not mistaken for each other. */
export function passwordFrom(bytes: Buffer): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789';
  const digest = createHash('sha512').update(bytes).digest();
  return Array.from(digest.subarray(0, 20), (byte) => letters[byte % letters.length]).join('');
}
