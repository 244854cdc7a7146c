import { z } from 'zod';
import { day, kato, level, localText, page, uuid } from './common.ts';
import { operation } from './operation.ts';
import { csvBody, importQuery, importReport } from './territories.ts';

export const tookOffice = z.enum(['elected', 'appointed', 'acting']);
export const nominatedBy = z.enum(['self', 'party']);

/** One person's tenure in one office. */
export const akim = z.object({
  id: uuid,
  territory: kato,
  territoryName: localText,
  region: kato,
  level,
  /** The person; in demo data the office ("Akim of …"). */
  name: localText,
  from: day,
  /** Last day in office; null while in office. */
  to: day.nullable(),
  tookOffice,
  /** Only for elected akims. */
  nominatedBy: nominatedBy.nullable(),
  /** Whether the person was in the civil service before; null when not known. */
  civilServiceBefore: z.boolean().nullable(),
  birthYear: z.number().int().min(1930).max(2010).nullable(),
  /** 1 for the first term in this office. */
  term: z.number().int().min(1).max(10),
});
export type Akim = z.infer<typeof akim>;

export const listAkims = operation({
  method: 'get',
  path: '/akims',
  summary: 'Akims, searched by name or territory in three languages',
  access: 'akims.read',
  query: page.extend({
    search: z.string().max(100).optional(),
    level: level.optional(),
    region: kato.optional(),
    territory: kato.optional(),
    /** Only those in office on this day. */
    on: day.optional(),
  }),
  reply: z.object({ akims: z.array(akim), total: z.number().int() }),
});

/** Columns: territory, name_kk, name_ru, name_en, from, to, took_office, nominated_by, civil_service_before, birth_year, term. */
export const importAkims = operation({
  method: 'post',
  path: '/akims/import',
  summary: 'Import akims from CSV, all rows or none',
  access: 'akims.import',
  query: importQuery,
  body: csvBody,
  bodyType: 'text/csv',
  reply: importReport,
});
