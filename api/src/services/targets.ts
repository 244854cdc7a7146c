import { z } from 'zod';
import { kato, level, type LocalText } from '../contracts/common.ts';
import { faultMessage } from '../contracts/fault-messages.ts';
import {
  ageBandNames,
  type CalibrationMargin,
  type CalibrationVariable,
  type Methodology,
} from '../contracts/methodologies.ts';
import type { SessionUser } from '../contracts/session.ts';
import {
  targetBasis,
  type TargetGap,
  type TargetTerritory,
  type WaveTargets,
} from '../contracts/targets.ts';
import type { ImportReport } from '../contracts/territories.ts';
import { methodologyStore } from '../models/methodologies.ts';
import { targetStore, type StoredTargets, type TargetCell } from '../models/targets.ts';
import { waveStore, type StoredWave } from '../models/waves.ts';
import { Problem } from '../problem.ts';
import { audit } from './audit.ts';
import { readCsv, reportOf, type CsvRow } from './csv-rows.ts';
import type { Deps } from './deps.ts';
import { cellsFor, marginTotals } from './calibration-targets.ts';
import { hashOf } from './questionnaires.ts';
import { nameOf, territoryDirectory } from './territories.ts';

const blank = z.literal('').transform(() => null);
const orBlank = <T extends z.ZodType<string>>(schema: T) => z.union([blank, schema]).default(null);

const targetRow = z.object({
  territory: kato,
  level: orBlank(level),
  settlement: orBlank(z.enum(['urban', 'rural'])),
  sex: orBlank(z.enum(['male', 'female'])),
  age_band: orBlank(z.string().regex(/^\d{1,3}(-\d{1,3}|\+)$/, faultMessage('age_band'))),
  persons: z
    .string()
    .regex(/^\d{1,9}(\.\d+)?$/, faultMessage('people'))
    .transform(Number),
  basis: targetBasis,
});
type TargetRow = z.infer<typeof targetRow>;

/** The shipped file has the same form with names of its own for two columns. */
const renamed = (csv: string): string => {
  const [header = '', ...lines] = csv.split('\n');
  const names: Record<string, string> = { region: 'territory', adults: 'persons' };
  const columns = header.split(/([,;\t\r])/).map((name) => names[name.trim()] ?? name);
  return [columns.join(''), ...lines].join('\n');
};

const asCell = ({ age_band: age, ...row }: TargetRow): TargetCell => ({ ...row, age });

const brokenDownBy = ({ settlement, sex, age }: TargetCell): string =>
  [settlement, sex, age].map((category) => (category === null ? '-' : '+')).join('');

/** What a row alone cannot tell: unknown territories, doubles, and cells that are cut in different ways. */
function tableFaults(
  rows: readonly CsvRow<TargetRow>[],
  known: ReadonlyMap<string, unknown>,
): ImportReport['faults'] {
  const faults: ImportReport['faults'] = [];
  const seen = new Map<string, number>();
  const cut = new Map<string, { row: number; by: string }>();
  for (const { row, value } of rows) {
    const fault = (column: string, text: string, message: string) =>
      faults.push({ row, column, value: text, message });
    const cell = asCell(value);
    if (!known.has(cell.territory))
      fault('territory', cell.territory, faultMessage('unknown_territory'));
    const key = JSON.stringify([cell.territory, cell.level, cell.settlement, cell.sex, cell.age]);
    const first = seen.get(key);
    if (first === undefined) seen.set(key, row);
    else fault('territory', cell.territory, faultMessage('cell_already', { row: first }));
    const place = `${cell.territory} ${cell.level ?? ''}`;
    const way = cut.get(place) ?? { row, by: brokenDownBy(cell) };
    cut.set(place, way);
    // A total beside its parts would be counted twice.
    if (way.by !== brokenDownBy(cell)) {
      fault('territory', cell.territory, faultMessage('broken_down_otherwise', { row: way.row }));
    }
  }
  return faults;
}

async function draftOf(waveId: string): Promise<StoredWave> {
  const wave = await waveStore.get(waveId);
  if (wave === null) throw new Problem('not_found');
  if (wave.status !== 'draft') {
    throw new Problem('wave_state', { detail: 'Targets are frozen when the wave is locked.' });
  }
  return wave;
}

async function store(
  deps: Deps,
  actor: SessionUser,
  waveId: string,
  source: StoredTargets['source'],
  cells: TargetCell[],
): Promise<void> {
  const hash = hashOf(cells);
  await targetStore.replace({
    _id: waveId,
    source,
    hash,
    importedAt: deps.now(),
    importedBy: actor.name,
    cells,
  });
  await audit(deps, actor.id, 'targets.imported', waveId, { source, hash, cells: cells.length });
}

/** Imports the targets of a draft from CSV in place of those there, all rows or none. */
export async function importTargets(
  deps: Deps,
  actor: SessionUser,
  waveId: string,
  csv: string,
  checkOnly: boolean,
): Promise<ImportReport> {
  await draftOf(waveId);
  const { rows, faults, count } = readCsv(
    renamed(csv),
    ['territory', 'persons', 'basis'],
    targetRow,
  );
  faults.push(...tableFaults(rows, await territoryDirectory(deps)));
  const report = reportOf(
    count,
    faults,
    { created: rows.length, changed: 0, unchanged: 0 },
    checkOnly,
  );
  if (report.applied) {
    await store(
      deps,
      actor,
      waveId,
      'file',
      rows.map(({ value }) => asCell(value)),
    );
  }
  return report;
}

/** The adults that ship with Akimetr: for rural akims those of the region's rural settlements. */
function shippedCells(adults: string): TargetCell[] {
  const { rows, faults } = readCsv(renamed(adults), ['territory', 'persons', 'basis'], targetRow);
  if (faults.length > 0) throw new Error(`adults.csv is damaged: ${JSON.stringify(faults[0])}`);
  const cells = rows.map(({ value }) => asCell(value));
  const rural = cells
    .filter(({ settlement }) => settlement === 'rural')
    .map((cell) => ({ ...cell, level: 'rural' as const }));
  return [...cells, ...rural];
}

/** Takes the estimated adults that ship with Akimetr as the targets of a draft. */
export async function useShippedTargets(
  deps: Deps,
  actor: SessionUser,
  waveId: string,
): Promise<WaveTargets> {
  await draftOf(waveId);
  await store(deps, actor, waveId, 'shipped', shippedCells(deps.adultsCsv()));
  return getTargets(deps, waveId);
}

const variables: readonly CalibrationVariable[] = ['sex', 'age', 'settlement'];

function territoriesOf(
  cells: readonly TargetCell[],
  nameFor: (territory: string) => LocalText,
): TargetTerritory[] {
  const groups = new Map<string, TargetCell[]>();
  for (const cell of cells) {
    const key = `${cell.territory} ${cell.level ?? ''}`;
    groups.set(key, [...(groups.get(key) ?? []), cell]);
  }
  return [...groups.values()].map((group) => {
    const [{ territory, level: forLevel }] = group as [TargetCell];
    const margins = variables.flatMap((variable) => {
      const totals = marginTotals(group, [variable]);
      return totals === null ? [] : [[variable, totals] as const];
    });
    return {
      territory,
      territoryName: nameFor(territory),
      level: forLevel,
      basis: group.some(({ basis }) => basis === 'estimate') ? 'estimate' : 'official',
      persons: group.reduce((sum, { persons }) => sum + persons, 0),
      margins: Object.fromEntries(margins),
    };
  });
}

function fits(margin: CalibrationMargin, cells: readonly TargetCell[]): boolean {
  const totals = marginTotals(cells, [margin.variable]);
  if (totals === null) return false;
  if (margin.variable !== 'age') return true;
  const bands = new Set(ageBandNames(margin.bands));
  return Object.keys(totals).every((band) => bands.has(band));
}

/** The regions of each level surveyed whose targets lack a margin that the methodology wants. */
function gapsOf(
  wave: StoredWave,
  methodology: Methodology,
  cells: readonly TargetCell[],
  regions: ReadonlyMap<string, LocalText>,
): TargetGap[] {
  const { calibration } = methodology.rules;
  if (calibration.method === 'none') return [];
  return wave.questionnaires.flatMap(({ level: surveyed }) =>
    calibration.margins.flatMap((margin): TargetGap[] => {
      const lacking = [...regions].filter(
        ([region]) => !fits(margin, cellsFor(cells, surveyed, region)),
      );
      return lacking.length === 0
        ? []
        : [
            {
              level: surveyed,
              variable: margin.variable,
              regions: lacking.map(([, name]) => name),
            },
          ];
    }),
  );
}

/** The targets of a wave, and what its methodology still lacks. */
export async function getTargets(deps: Deps, waveId: string): Promise<WaveTargets> {
  const wave = await waveStore.get(waveId);
  if (wave === null) throw new Problem('not_found');
  const { code, version } = wave.methodology;
  const [stored, found, territories] = await Promise.all([
    targetStore.get(waveId),
    methodologyStore.get(code, version),
    territoryDirectory(deps),
  ]);
  if (found === null) throw new Error(`methodology ${code}@${version} is missing`);
  const regions = new Map(
    [...territories.values()]
      .filter((territory) => territory.level === 'region')
      .map(({ _id, name }) => [_id, name]),
  );
  const { methodology } = found;
  const { calibration } = methodology.rules;
  const cells = stored?.cells ?? [];
  return {
    mayChange: wave.status === 'draft',
    wanted:
      calibration.method === 'none' ? [] : calibration.margins.map(({ variable }) => variable),
    targets: stored && {
      source: stored.source,
      importedAt: stored.importedAt.toISOString(),
      importedBy: stored.importedBy,
      hash: stored.hash,
      territories: territoriesOf(cells, (territory: string) => nameOf(territories, territory)),
    },
    gaps: gapsOf(wave, methodology, cells, regions),
  };
}
