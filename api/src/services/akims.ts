import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { nominatedBy, tookOffice, type Akim, type listAkims as list } from '../contracts/akims.ts';
import { day, kato } from '../contracts/common.ts';
import { faultMessage } from '../contracts/fault-messages.ts';
import type { QueryOf } from '../contracts/operation.ts';
import type { SessionUser } from '../contracts/session.ts';
import type { ImportReport } from '../contracts/territories.ts';
import { foldText, searchPattern } from '../domain/search.ts';
import { akimStore, type StoredAkim } from '../models/akims.ts';
import type { StoredTerritory } from '../models/territories.ts';
import { audit } from './audit.ts';
import { readCsv, reportOf, type CsvRow } from './csv-rows.ts';
import type { Deps } from './deps.ts';
import { nameOf, territoryDirectory } from './territories.ts';

type Directory = ReadonlyMap<string, StoredTerritory>;

export function asAkim(stored: StoredAkim, territories: Directory): Akim {
  const { _id, searchText: _, ...rest } = stored;
  return { id: _id, ...rest, territoryName: nameOf(territories, stored.territory) };
}

export async function listAkims(deps: Deps, query: QueryOf<typeof list>) {
  const { search, limit, offset, ...rest } = query;
  const [found, territories] = await Promise.all([
    akimStore.list({ ...rest, searchPattern: searchPattern(search) }, limit, offset),
    territoryDirectory(deps),
  ]);
  return { akims: found.akims.map((stored) => asAkim(stored, territories)), total: found.total };
}

const empty = z.literal('');
const name = z.string().min(1, faultMessage('not_empty')).max(200);
const akimRow = z
  .object({
    territory: kato,
    name_kk: name,
    name_ru: name,
    name_en: name,
    from: day,
    to: z.union([empty, day], faultMessage('day_or_in_office')),
    took_office: tookOffice,
    nominated_by: z.union([empty, nominatedBy], faultMessage('nominated_by')),
    civil_service_before: z.union([empty, z.enum(['yes', 'no'])], faultMessage('yes_or_no')),
    birth_year: z.union(
      [empty, z.string().regex(/^(19[3-9]\d|200\d|2010)$/)],
      faultMessage('birth_year'),
    ),
    term: z.string().regex(/^([1-9]|10)$/, faultMessage('term')),
  })
  .check((row) => {
    const { from, to, took_office, nominated_by } = row.value;
    if (to !== '' && to < from) {
      row.issues.push({
        code: 'custom',
        input: to,
        path: ['to'],
        message: faultMessage('ends_before_start'),
      });
    }
    if (took_office !== 'elected' && nominated_by !== '') {
      row.issues.push({
        code: 'custom',
        input: nominated_by,
        path: ['nominated_by'],
        message: faultMessage('only_elected_nominated'),
      });
    }
  });
type AkimRow = z.infer<typeof akimRow>;
const columns = [
  'territory',
  'name_kk',
  'name_ru',
  'name_en',
  'from',
  'to',
  'took_office',
  'nominated_by',
  'civil_service_before',
  'birth_year',
  'term',
];

function asStored(row: AkimRow, id: string, territory: StoredTerritory): StoredAkim {
  const names = { kk: row.name_kk, ru: row.name_ru, en: row.name_en };
  return {
    _id: id,
    territory: row.territory,
    region: territory.region,
    level: territory.level,
    name: names,
    from: row.from,
    to: row.to === '' ? null : row.to,
    tookOffice: row.took_office,
    nominatedBy: row.nominated_by === '' ? null : row.nominated_by,
    civilServiceBefore: row.civil_service_before === '' ? null : row.civil_service_before === 'yes',
    birthYear: row.birth_year === '' ? null : Number(row.birth_year),
    term: Number(row.term),
    searchText: [
      row.territory,
      ...[...Object.values(names), ...Object.values(territory.name)].map(foldText),
    ].join(' | '),
  };
}

interface Tenure {
  row: number | null;
  from: string;
  to: string | null;
}

/** One office has one akim at a time: the tenures of a territory must not overlap. */
function overlapFaults(
  rows: readonly CsvRow<AkimRow>[],
  stored: readonly StoredAkim[],
): ImportReport['faults'] {
  const tenures = new Map<string, Tenure[]>();
  const add = (territory: string, tenure: Tenure) =>
    tenures.set(territory, [...(tenures.get(territory) ?? []), tenure]);
  const incoming = new Set(rows.map(({ value }) => `${value.territory} ${value.from}`));
  for (const { row, value } of rows) {
    add(value.territory, { row, from: value.from, to: value.to === '' ? null : value.to });
  }
  for (const akim of stored) {
    if (!incoming.has(`${akim.territory} ${akim.from}`)) {
      add(akim.territory, { row: null, from: akim.from, to: akim.to });
    }
  }
  return [...tenures.values()].flatMap((list) => overlapsOf(list));
}

function overlapsOf(tenures: readonly Tenure[]): ImportReport['faults'] {
  const ordered = [...tenures].sort((a, b) => (a.from < b.from ? -1 : 1));
  return ordered.slice(1).flatMap((later, place) => {
    const earlier = ordered[place]!;
    if (earlier.to !== null && earlier.to < later.from) return [];
    const row = later.row ?? earlier.row;
    if (row === null) return [];
    return [
      {
        row,
        column: 'from',
        value: later.from,
        message: faultMessage('tenure_overlaps', { from: earlier.from, to: earlier.to ?? 'today' }),
      },
    ];
  });
}

function comparable({ _id: _, ...rest }: StoredAkim): string {
  return JSON.stringify(Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Imports akims from CSV, all rows or none; a tenure is known by its territory and first day. */
export async function importAkims(
  deps: Deps,
  actor: SessionUser,
  csv: string,
  checkOnly: boolean,
): Promise<ImportReport> {
  const { rows, faults, count } = readCsv(csv, columns, akimRow);
  const territories = await territoryDirectory(deps);
  const stored = await akimStore.listByTerritories([
    ...new Set(rows.map(({ value }) => value.territory)),
  ]);
  const known = new Map(stored.map((akim) => [`${akim.territory} ${akim.from}`, akim]));
  const wanted: StoredAkim[] = [];
  for (const { row, value } of rows) {
    const territory = territories.get(value.territory);
    if (territory === undefined) {
      faults.push({
        row,
        column: 'territory',
        value: value.territory,
        message: faultMessage('no_territory'),
      });
    } else {
      const id = known.get(`${value.territory} ${value.from}`)?._id ?? randomUUID();
      wanted.push(asStored(value, id, territory));
    }
  }
  faults.push(...overlapFaults(rows, stored));
  const before = new Map(stored.map((akim) => [akim._id, comparable(akim)]));
  const changed = wanted.filter((akim) => before.get(akim._id) !== comparable(akim));
  const created = changed.filter(({ _id }) => !before.has(_id)).length;
  const report = reportOf(
    count,
    faults,
    { created, changed: changed.length - created, unchanged: wanted.length - changed.length },
    checkOnly,
  );
  if (report.applied) {
    await akimStore.replaceMany(changed);
    await audit(deps, actor.id, 'akims.imported', 'akims', { created, rows: count });
  }
  return report;
}
