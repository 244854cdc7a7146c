import type { TFunction } from 'i18next';
import type { WeightingFault } from '@akimetr/api/contracts/weighting';

type Words = TFunction<['office', 'common']>;

const variables = ['sex', 'age', 'settlement'] as const;
const categories = ['male', 'female', 'urban', 'rural'] as const;

/** A calibration variable in words; several when they are crossed: "Sex × Age". */
export function variableWords(t: Words, variable: string): string {
  const word = (one: string) => {
    const known = variables.find((name) => name === one);
    return known ? t(`estimation.variables.${known}`) : one;
  };
  return variable.split('|').map(word).join(' × ');
}

/** A category in words: "women"; "women, 18-29" where variables are crossed. An age band says itself. */
export function categoryWords(t: Words, category: string): string {
  const word = (one: string) => {
    const known = categories.find((name) => name === one);
    return known ? t(`estimation.categories.${known}`) : one.replace(/^(\d+)-(\d+)$/, '$1–$2');
  };
  return category.split('|').map(word).join(', ');
}

/** What kept a group from being weighted, and what an empty category could be merged with. */
export function faultWords(
  t: Words,
  { code, place, mergeWith, interviews }: WeightingFault,
): string {
  const [variable = '', ...rest] = (place ?? '').split(': ');
  const named = [variableWords(t, variable), ...rest.map((one) => categoryWords(t, one))];
  const line = t(`estimation.faults.${code}`, { place: named.join(': '), count: interviews });
  return mergeWith === null
    ? line
    : t('estimation.profile.merge', { line, other: categoryWords(t, mergeWith) });
}
