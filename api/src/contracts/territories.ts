import { z } from 'zod';
import { kato, level, localText, page } from './common.ts';
import { operation } from './operation.ts';

/** A unit of the official classifier that has an akim. */
export const territory = z.object({
  kato,
  /** KATO of the unit above; null for a region. */
  parent: kato.nullable(),
  region: kato,
  level,
  /** Kind of unit as in the territories file: oblast, district, city, rural okrug … */
  kind: z.string(),
  name: localText,
  /** The office of its akim, as it is read out: "Akim of …". */
  office: localText,
  /** Official population; null where the source has none. */
  population: z.number().int().nullable(),
});
export type Territory = z.infer<typeof territory>;

export const listTerritories = operation({
  method: 'get',
  path: '/territories',
  summary: 'Territories, searched by name in three languages or by KATO',
  access: 'territories.read',
  query: page.extend({
    search: z.string().max(100).optional(),
    level: level.optional(),
    region: kato.optional(),
    parent: kato.optional(),
  }),
  reply: z.object({ territories: z.array(territory), total: z.number().int() }),
});

/** What an import did, row by row. With any fault nothing is applied. */
export const importReport = z.object({
  rows: z.number().int(),
  created: z.number().int(),
  changed: z.number().int(),
  unchanged: z.number().int(),
  /** False when there are faults, or when only a check was asked for. */
  applied: z.boolean(),
  faults: z.array(
    z.object({
      /** Line of the file, the header being 1. */
      row: z.number().int(),
      column: z.string(),
      value: z.string(),
      message: z.string(),
    }),
  ),
});
export type ImportReport = z.infer<typeof importReport>;

export const importQuery = z.object({
  /** `true`: check only, apply nothing. */
  check: z.enum(['true', 'false']).default('false'),
});
export const csvBody = z.object({ csv: z.string().min(1).max(20_000_000) });

export const importTerritories = operation({
  method: 'post',
  path: '/territories/import',
  summary: 'Import territories from CSV, all rows or none',
  access: 'territories.import',
  query: importQuery,
  body: csvBody,
  bodyType: 'text/csv',
  reply: importReport,
});
