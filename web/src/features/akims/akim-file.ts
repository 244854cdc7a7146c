/** The columns of a file of akims, as the server reads them, and one row as an example. */
const example = {
  territory: '750000000',
  name_kk: 'Алматы қаласының әкімі',
  name_ru: 'Аким города Алматы',
  name_en: 'Akim of Almaty city',
  from: '2024-01-15',
  to: '',
  took_office: 'appointed',
  nominated_by: '',
  civil_service_before: 'yes',
  birth_year: '1975',
  term: '1',
};

type AkimColumn = keyof typeof example;
export const akimColumns = Object.keys(example) as AkimColumn[];
export const akimExample = Object.values(example);

/** Key of the words that say what a column must hold. */
export function akimRule(column: string): `akims.rules.${AkimColumn | 'other'}` {
  return `akims.rules.${akimColumns.find((known) => known === column) ?? 'other'}`;
}
