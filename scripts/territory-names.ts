/** Names of territories and of the offices in them, derived by rule where no source gives them. Pure. */

export interface Names {
  readonly kk: string;
  readonly ru: string;
  readonly en: string;
}

/**
 * Kazakh Cyrillic → Latin without diacritics: BGN/PCGN for the letters shared with Russian, and for the nine Kazakh letters
 * the plain ones that English names of regions and districts use (Қостанай → Kostanay, Өскемен → Oskemen).
 */
const latin: Readonly<Record<string, string>> = {
  а: 'a',
  ә: 'a',
  б: 'b',
  в: 'v',
  г: 'g',
  ғ: 'g',
  д: 'd',
  е: 'e',
  ё: 'yo',
  ж: 'zh',
  з: 'z',
  и: 'i',
  й: 'y',
  к: 'k',
  қ: 'k',
  л: 'l',
  м: 'm',
  н: 'n',
  ң: 'n',
  о: 'o',
  ө: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  у: 'u',
  ұ: 'u',
  ү: 'u',
  ф: 'f',
  х: 'kh',
  һ: 'h',
  ц: 'ts',
  ч: 'ch',
  ш: 'sh',
  щ: 'shch',
  ъ: '',
  ы: 'y',
  і: 'i',
  ь: '',
  э: 'e',
  ю: 'yu',
  я: 'ya',
};

const capitalise = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/**
 * A Kazakh name in Latin letters, every word with a capital.
 * @example romanise('Қабанбай батыр') === 'Kabanbay Batyr'; romanise('Өскемен') === 'Oskemen'
 */
export function romanise(name: string): string {
  const letters = [...name.toLowerCase()].map((letter) => latin[letter] ?? letter).join('');
  return letters.replace(/(^|[\s.-])([a-z])/g, (_, before: string, first: string) =>
    before.concat(first.toUpperCase()),
  );
}

const kazakhTypes = /( атындағы)? (облысы|ауданы|қаласы|ауылдық округі|ауылы|кенті)$/;

/** A Kazakh name without its type: "Қазыбек би атындағы ауданы" → "Қазыбек би". */
export const bareKazakh = (nameKk: string): string => nameKk.replace(kazakhTypes, '');

const englishTypes: Readonly<Record<string, string>> = {
  district: 'district',
  city_district_republican: 'district',
  city_district_oblast: 'district',
  city_oblast: 'city',
  city_district_significance: 'town',
  settlement: 'settlement',
  village: 'village',
  rural_okrug: 'rural okrug',
};

/**
 * English name with the type of unit, so that Balkhash city and Balkhash district are told apart.
 * @param known the source's English name, without a type below the regions; '' where it has none
 * @example englishName('Бесқайнар ауылдық округі', '', 'rural_okrug') === 'Beskaynar rural okrug'
 */
export function englishName(nameKk: string, known: string, kind: string): string {
  const bare = known === '' ? romanise(bareKazakh(nameKk)) : known;
  const type = englishTypes[kind];
  return type === undefined ? bare : `${bare} ${type}`;
}

const kazakhGenitives: Readonly<Record<string, string>> = {
  облысы: 'облысының',
  ауданы: 'ауданының',
  қаласы: 'қаласының',
  округі: 'округінің',
  ауылы: 'ауылының',
  кенті: 'кентінің',
};

/** @example kazakhOffice('Абай ауданы') === 'Абай ауданының әкімі' */
function kazakhOffice(name: string): string {
  const last = name.split(' ').at(-1) ?? '';
  return `${name.slice(0, name.length - last.length)}${kazakhGenitives[last] ?? last} әкімі`;
}

const leadingTypes: readonly (readonly [nominative: string, genitive: string])[] = [
  ['область ', 'области '],
  ['район ', 'района '],
  ['сельский округ ', 'сельского округа '],
  ['село ', 'села '],
  ['посёлок ', 'посёлка '],
];

const trailingTypes: readonly (readonly [nominative: string, genitive: string])[] = [
  ['область', 'области'],
  ['район', 'района'],
  ['сельский округ', 'сельского округа'],
  ['сельская администрация', 'сельской администрации'],
  ['поселковая администрация', 'поселковой администрации'],
  ['городская администрация', 'городской администрации'],
];

/** Genitive of an adjective of a place name; other words stay as they are. */
const adjectiveGenitive = (word: string): string =>
  word
    .replace(/(ск|цк)ий$/, '$1ого')
    .replace(/[ыо]й$/, 'ого')
    .replace(/ая$/, 'ой');

const feminineCities: ReadonlySet<string> = new Set(['Арысь', 'Сарань']);

/** Genitive of the name of a city: Астаны, Караганды, Рудного, Костаная, Тараза; Актобе, Алматы and Қонаев do not change. */
function cityGenitive(name: string): string {
  if (/[әғқңөұүһі]/i.test(name)) return name;
  if (name.endsWith('ый')) return adjectiveGenitive(name);
  if (/[гкхжшчщ]а$/.test(name)) return name.replace(/а$/, 'и');
  if (name.endsWith('а')) return name.replace(/а$/, 'ы');
  if (feminineCities.has(name)) return name.replace(/ь$/, 'и');
  if (/[йь]$/.test(name)) return name.replace(/[йь]$/, 'я');
  return /[бвгджзклмнпрстфхцчшщ]$/.test(name) ? `${name}а` : name;
}

/** "Абайский район" → "Абайского района"; a name that is no adjective goes last: "сельского округа Достық". */
function russianGenitive(name: string): string {
  if (name.startsWith('город ')) return `города ${cityGenitive(name.slice('город '.length))}`;
  for (const [nominative, genitive] of leadingTypes) {
    if (name.startsWith(nominative)) return genitive + name.slice(nominative.length);
  }
  for (const [nominative, genitive] of trailingTypes) {
    if (!name.endsWith(` ${nominative}`)) continue;
    const own = name.slice(0, -nominative.length - 1);
    const words = own.split(' ').map(adjectiveGenitive);
    const isAdjective = words.at(-1) !== own.split(' ').at(-1);
    return isAdjective ? `${words.join(' ')} ${genitive}` : `${genitive} ${own}`;
  }
  return name;
}

/**
 * The office of the akim of a territory, in the nominative case: what the questionnaire's `{office}` stands for.
 * @example officeOf({ kk: 'Абай ауданы', ru: 'Абайский район', en: 'Abay district' }) is
 *   { kk: 'Абай ауданының әкімі', ru: 'Аким Абайского района', en: 'Akim of Abay district' }
 */
export const officeOf = ({ kk, ru, en }: Names): Names => ({
  kk: capitalise(kazakhOffice(kk)),
  ru: `Аким ${russianGenitive(ru)}`,
  en: `Akim of ${en}`,
});
