/** Kazakh letters → those a Russian keyboard has, so that either finds a name. */
const plain: Readonly<Record<string, string>> = {
  ә: 'а',
  ғ: 'г',
  қ: 'к',
  ң: 'н',
  ө: 'о',
  ұ: 'у',
  ү: 'у',
  һ: 'х',
  і: 'и',
  ё: 'е',
  й: 'и',
};

/**
 * A name as it is searched: lower case, without diacritics, Kazakh letters as their Russian neighbours.
 * @example foldText('Өскемен') === 'оскемен'; foldText('Ұлытау') === 'улытау'
 */
export function foldText(text: string): string {
  return text
    .toLowerCase()
    .replace(/[әғқңөұүһіёй]/g, (letter) => plain[letter] ?? letter)
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .replace(/[«»"'’`ʼ]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/**
 * What a person typed, as a pattern that matches it literally anywhere in folded text; null for nothing.
 * @example searchPattern('Ақ жол.') → 'ак жол\\.'
 */
export function searchPattern(typed: string | undefined): string | undefined {
  const folded = foldText(typed ?? '');
  return folded === '' ? undefined : folded.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
