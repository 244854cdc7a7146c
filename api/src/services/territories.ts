import { z } from 'zod';
import { kato, level, type LocalText } from '../contracts/common.ts';
import { faultMessage } from '../contracts/fault-messages.ts';
import type { QueryOf } from '../contracts/operation.ts';
import type { SessionUser } from '../contracts/session.ts';
import type { ImportReport, Territory, listTerritories as list } from '../contracts/territories.ts';
import { foldText, searchPattern } from '../domain/search.ts';
import { territoryStore, type StoredTerritory } from '../models/territories.ts';
import { audit } from './audit.ts';
import { BriefCache } from './brief-cache.ts';
import { readCsv, reportOf, type CsvRow } from './csv-rows.ts';
import type { Deps } from './deps.ts';

function asTerritory({ _id, searchText: _, ...rest }: StoredTerritory): Territory {
  return { kato: _id, ...rest };
}

export async function listTerritories(query: QueryOf<typeof list>) {
  const { search, limit, offset, ...rest } = query;
  const found = await territoryStore.list(
    { ...rest, searchPattern: searchPattern(search) },
    limit,
    offset,
  );
  return { territories: found.territories.map(asTerritory), total: found.total };
}

const directory = new BriefCache<ReadonlyMap<string, StoredTerritory>>(60_000);

/** Every territory by its KATO. */
export async function territoryDirectory(
  deps: Deps,
): Promise<ReadonlyMap<string, StoredTerritory>> {
  const known = directory.get('all', deps.now());
  if (known !== undefined) return known;
  const all = new Map((await territoryStore.all()).map((territory) => [territory._id, territory]));
  directory.set('all', all, deps.now());
  return all;
}

const noName: LocalText = { kk: '—', ru: '—', en: '—' };
export function nameOf(
  territories: ReadonlyMap<string, StoredTerritory>,
  territoryKato: string,
): LocalText {
  return territories.get(territoryKato)?.name ?? noName;
}

const text = z.string().min(1, faultMessage('not_empty')).max(200);
const territoryRow = z.object({
  kato,
  parent: z.union([z.literal(''), kato]),
  region: kato,
  level,
  kind: text,
  name_kk: text,
  name_ru: text,
  name_en: text,
  office_kk: text,
  office_ru: text,
  office_en: text,
  population: z.union([
    z.literal(''),
    z.string().regex(/^\d{1,9}$/, faultMessage('people_or_empty')),
  ]),
});
type TerritoryRow = z.infer<typeof territoryRow>;
const columns = Object.keys(territoryRow.shape);

function asStored(row: TerritoryRow): StoredTerritory {
  const name = { kk: row.name_kk, ru: row.name_ru, en: row.name_en };
  return {
    _id: row.kato,
    parent: row.parent === '' ? null : row.parent,
    region: row.region,
    level: row.level,
    kind: row.kind,
    name,
    office: { kk: row.office_kk, ru: row.office_ru, en: row.office_en },
    population: row.population === '' ? null : Number(row.population),
    searchText: [row.kato, ...Object.values(name).map(foldText)].join(' | '),
  };
}

const above: Record<StoredTerritory['level'], StoredTerritory['level'][]> = {
  region: [],
  district: ['region', 'district'],
  rural: ['district', 'region'],
};

/** What is wrong with a row among the others: doubles, and units above that do not exist or do not fit. */
function placeFaults(
  rows: readonly CsvRow<TerritoryRow>[],
  known: ReadonlyMap<string, StoredTerritory>,
): ImportReport['faults'] {
  const incoming = new Map<string, CsvRow<TerritoryRow>>();
  const faults: ImportReport['faults'] = [];
  const fault = (row: number, column: string, value: string, message: string) =>
    faults.push({ row, column, value, message });
  for (const entry of rows) {
    const first = incoming.get(entry.value.kato);
    if (first === undefined) incoming.set(entry.value.kato, entry);
    else
      fault(entry.row, 'kato', entry.value.kato, faultMessage('row_already', { row: first.row }));
  }
  const levelOf = (code: string) => incoming.get(code)?.value.level ?? known.get(code)?.level;
  for (const { row, value } of rows) {
    if (levelOf(value.region) !== 'region') {
      fault(row, 'region', value.region, faultMessage('not_region_kato'));
    }
    if (value.level === 'region' && value.parent !== '') {
      fault(row, 'parent', value.parent, faultMessage('region_has_none_above'));
    }
    const parentLevel = levelOf(value.parent);
    if (
      value.level !== 'region' &&
      (parentLevel === undefined || !above[value.level].includes(parentLevel))
    ) {
      fault(
        row,
        'parent',
        value.parent,
        faultMessage('cannot_stand_above', { level: value.level }),
      );
    }
  }
  return faults;
}

/** Imports territories from CSV, all rows or none. */
export async function importTerritories(
  deps: Deps,
  actor: SessionUser,
  csv: string,
  checkOnly: boolean,
): Promise<ImportReport> {
  const { rows, faults, count } = readCsv(csv, columns, territoryRow);
  const known = new Map(
    (await territoryStore.all()).map((territory) => [territory._id, territory]),
  );
  faults.push(...placeFaults(rows, known));
  const wanted = rows.map(({ value }) => asStored(value));
  const changed = wanted.filter((territory) => !same(known.get(territory._id), territory));
  const created = changed.filter(({ _id }) => !known.has(_id)).length;
  const report = reportOf(
    count,
    faults,
    { created, changed: changed.length - created, unchanged: wanted.length - changed.length },
    checkOnly,
  );
  if (report.applied) {
    await territoryStore.replaceMany(changed);
    directory.clear();
    await audit(deps, actor.id, 'territories.imported', 'territories', { created, rows: count });
  }
  return report;
}

/** Loads the territories that ship with the product, also where the first start died before all of them were there. */
export async function loadShippedTerritories(csv: string): Promise<void> {
  const lines = csv.trimEnd().split('\n').length;
  if ((await territoryStore.count()) >= lines - 1) return;
  const { rows, faults } = readCsv(csv, columns, territoryRow);
  faults.push(...placeFaults(rows, new Map()));
  if (faults.length > 0) {
    throw new Error(`The shipped territories are damaged: ${JSON.stringify(faults[0])}`);
  }
  await territoryStore.addMissing(rows.map(({ value }) => asStored(value)));
}

function same(a: StoredTerritory | undefined, b: StoredTerritory): boolean {
  return a !== undefined && comparable(a) === comparable(b);
}

function comparable({ parent, region, level, kind, name, office, population }: StoredTerritory) {
  const texts = [name, office].flatMap(({ kk, ru, en }) => [kk, ru, en]);
  return JSON.stringify([parent, region, level, kind, texts, population]);
}
