/** The columns of a file of territories, as the server reads them, and one row as an example. */
const example = {
  kato: '750000000',
  parent: '',
  region: '750000000',
  level: 'region',
  kind: 'city_republican',
  name_kk: 'Алматы қаласы',
  name_ru: 'город Алматы',
  name_en: 'Almaty city',
  office_kk: 'Алматы қаласының әкімі',
  office_ru: 'аким города Алматы',
  office_en: 'Akim of Almaty city',
  population: '2161695',
};

type TerritoryColumn = keyof typeof example;
export const territoryColumns = Object.keys(example) as TerritoryColumn[];
export const territoryExample = Object.values(example);

/** Key of the words that say what a column must hold. */
export function territoryRule(column: string): `territories.rules.${TerritoryColumn | 'other'}` {
  return `territories.rules.${territoryColumns.find((known) => known === column) ?? 'other'}`;
}

const kinds = [
  'oblast',
  'city_republican',
  'district',
  'city_oblast',
  'city_district_republican',
  'city_district_oblast',
  'city_district_significance',
  'rural_okrug',
  'settlement',
  'village',
] as const;

/** Key of the words for a kind of territory; null for a kind that a later file brings. */
export function kindKey(kind: string): `territories.kinds.${(typeof kinds)[number]}` | null {
  const known = kinds.find((one) => one === kind);
  return known ? `territories.kinds.${known}` : null;
}
