/**
 * Builds api/data/territories.csv and api/data/adults.csv from a folder of collected facts:
 *   node --import tsx scripts/build-territories.ts FOLDER
 * FOLDER holds territories.csv and adults-estimate.csv; what they contain is told in api/data/README.md.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { englishName, officeOf } from './territory-names.ts';

type Row = Readonly<Record<string, string>>;

/** Slips in the source's names, by KATO: broken words, and English spellings at odds with the other rows. */
const corrections: Readonly<Record<string, Row>> = {
  '191000000': { name_en: 'Konaev' },
  '352200000': { name_en: 'Saran' },
  '474200000': { name_en: 'Karakiya' },
  '711610000': { name_en: 'Sarayshyk' },
  '313635000': { name_kk: 'Бурыл ауылдық округі' },
  '393245000': { name_ru: 'сельский округ имени Омара Шипина' },
  '393259000': { name_ru: 'сельский округ имени Мариям Хәкімжановой' },
};

const territoryColumns = [
  'kato',
  'parent',
  'region',
  'level',
  'kind',
  'name_kk',
  'name_ru',
  'name_en',
  'name_en_basis',
  'office_kk',
  'office_ru',
  'office_en',
  'centre_kk',
  'centre_ru',
  'centre_en',
  'population',
  'urban',
  'rural',
  'population_2026',
  'elected_pilot_2023',
  'iso_3166_2',
] as const;

const adultColumns = ['region', 'settlement', 'sex', 'age_band', 'adults', 'basis'] as const;

function territoryRow(source: Row): Row {
  const row = { ...source, ...corrections[source.kato ?? ''] } as Record<string, string>;
  const { name_kk = '', name_ru = '', name_en = '', kind = '' } = row;
  const en = englishName(name_kk, name_en, kind);
  const office = officeOf({ kk: name_kk, ru: name_ru, en });
  return {
    ...row,
    name_en: en,
    name_en_basis: name_en === '' ? 'transliterated' : 'official',
    office_kk: office.kk,
    office_ru: office.ru,
    office_en: office.en,
    population: row.population_2023 ?? '',
    urban: row.urban_2023 ?? '',
    rural: row.rural_2023 ?? '',
  };
}

const adultRow = (source: Row): Row => ({
  region: source.region_kato ?? '',
  settlement: source.settlement ?? '',
  sex: source.sex ?? '',
  age_band: source.age_group ?? '',
  adults: source.adults_estimate ?? '',
  basis: 'estimate',
});

/** The collected files have no quoted cells; one that has must not be read wrongly. */
function readRows(path: string): Row[] {
  const text = readFileSync(path, 'utf8').trim();
  if (text.includes('"'))
    throw new Error(`${path} has quoted cells, which this script does not read`);
  const [header = [], ...rows] = text.split(/\r?\n/).map((line) => line.split(','));
  return rows.map((cells) => Object.fromEntries(header.map((name, at) => [name, cells[at] ?? ''])));
}

function writeRows(file: string, columns: readonly string[], rows: readonly Row[]): void {
  const lines = rows.map((row) => columns.map((column) => row[column] ?? '').join(','));
  writeFileSync(join('api/data', file), `${[columns.join(','), ...lines].join('\n')}\n`);
  console.log(`api/data/${file}: ${rows.length} rows`);
}

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  console.error('usage: node --import tsx scripts/build-territories.ts FOLDER');
  process.exit(1);
}
writeRows(
  'territories.csv',
  territoryColumns,
  readRows(join(folder, 'territories.csv')).map(territoryRow),
);
writeRows('adults.csv', adultColumns, readRows(join(folder, 'adults-estimate.csv')).map(adultRow));
