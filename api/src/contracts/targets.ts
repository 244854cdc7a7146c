import { z } from 'zod';
import { instant, kato, level, localText, sha256, uuid } from './common.ts';
import { calibrationVariable } from './methodologies.ts';
import { operation } from './operation.ts';
import { csvBody, importQuery, importReport } from './territories.ts';

/** Counted by the statistical office, or modelled: an estimate is called one wherever it is shown. */
export const targetBasis = z.enum(['official', 'estimate']);
export type TargetBasis = z.infer<typeof targetBasis>;

/** Where the targets of a wave come from: a file of the office, or the adults that ship with Akimetr. */
export const targetSource = z.enum(['file', 'shipped']);

/** Targets of one territory, summed over its cells. */
export const targetTerritory = z.object({
  territory: kato,
  territoryName: localText,
  /** The level of akims they are for; null: every level without targets of its own. */
  level: level.nullable(),
  basis: targetBasis,
  persons: z.number(),
  /** Variable → category → persons; a variable the file does not break down by is not there. */
  margins: z.partialRecord(calibrationVariable, z.record(z.string(), z.number())),
});
export type TargetTerritory = z.infer<typeof targetTerritory>;

/** What the methodology wants and the targets do not give, for the regions of one level. */
export const targetGap = z.object({
  level,
  variable: calibrationVariable,
  /** Regions without this margin, or with other categories than the methodology's age bands. */
  regions: z.array(localText),
});
export type TargetGap = z.infer<typeof targetGap>;

export const targets = z.object({
  source: targetSource,
  importedAt: instant,
  importedBy: z.string(),
  hash: sha256,
  territories: z.array(targetTerritory),
});

export const waveTargets = z.object({
  /** False once the wave is locked. */
  mayChange: z.boolean(),
  /** Margins of the wave's methodology; empty when it does not calibrate. */
  wanted: z.array(calibrationVariable),
  targets: targets.nullable(),
  gaps: z.array(targetGap),
});
export type WaveTargets = z.infer<typeof waveTargets>;

const waveParams = z.object({ waveId: uuid });

export const getTargets = operation({
  method: 'get',
  path: '/waves/:waveId/targets',
  summary: 'Official population totals of a wave, and what its methodology still lacks',
  access: 'waves.manage',
  params: waveParams,
  reply: waveTargets,
});

/**
 * Columns: territory (or region), persons (or adults), basis; settlement, sex, age_band, level where the totals are broken
 * down by them.
 */
export const importTargets = operation({
  method: 'post',
  path: '/waves/:waveId/targets/import',
  summary: 'Import official population totals from CSV in place of those there; only into a draft',
  access: 'waves.manage',
  params: waveParams,
  query: importQuery,
  body: csvBody,
  bodyType: 'text/csv',
  reply: importReport,
});

export const useShippedTargets = operation({
  method: 'post',
  path: '/waves/:waveId/targets/shipped',
  summary: 'Take the estimated adults that ship with Akimetr as targets; only into a draft',
  access: 'waves.manage',
  params: waveParams,
  reply: waveTargets,
});
