/** The columns of a file of targets, as the server reads them, and one row as an example. */
const example = {
  territory: '150000000',
  level: '',
  settlement: 'urban',
  sex: 'female',
  age_band: '18-29',
  persons: '64210',
  basis: 'official',
};

type TargetColumn = keyof typeof example;
export const targetColumns = Object.keys(example) as TargetColumn[];
export const targetExample = Object.values(example);

/** Key of the words that say what a column must hold. */
export function targetRule(column: string): `estimation.targetRules.${TargetColumn | 'other'}` {
  return `estimation.targetRules.${targetColumns.find((known) => known === column) ?? 'other'}`;
}
