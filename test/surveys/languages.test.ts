import { all } from './load.ts';
import { everyText, languages, type Text } from './texts.ts';

const kazakhLetters = /[әғқңөұүһі]/i;
const say = ({ value }: Text, language: (typeof languages)[number]) =>
  value.getLocaleText(language);

/** The project's glossary: where the Russian says the one, the Kazakh says the other. */
const glossary: readonly (readonly [russian: RegExp, kazakh: RegExp])[] = [
  [/(?<!\p{L})аким(?!ат)/iu, /әкім/i],
  [/акимат/i, /әкімдік/i],
  [/сельск\S+ округ/i, /ауылдық округ/i],
  [/посёлк/i, /кент/i],
  [/республиканского значения/i, /республикалық маңызы бар қала/i],
  [/район(?!н\S+ центр)/i, /аудан/i],
  [/област/i, /облыс/i],
  [/отчётн\S+ встреч/i, /есеп беру кездесуі/i],
  [/сход\S* местного сообщества/i, /жергілікті қоғамдастық жиын/i],
  [/собрание местного сообщества/i, /жергілікті қоғамдастық жиналыс/i],
  [/личн\S+ приём/i, /жеке қабылда/i],
  [/обращени/i, /өтініш/i],
  [/бюджет народного участия/i, /халық қатысатын бюджет/i],
  [/коррупци/i, /сыбайлас жемқорлық/i],
  [/питьев\S+ вод/i, /ауыз су/i],
  [/уличное освещение/i, /көше жарығы/i],
  [/благоустройств/i, /абаттандыр/i],
  [/детски\S+ сад/i, /балабақша/i],
  [/детские площадки/i, /балалар алаңдары/i],
  [/общественный транспорт/i, /қоғамдық көлік/i],
  [/(не)?удовлетвор[её]н/i, /қанағаттан/i],
  [/доверя/i, /сен/i],
  [/затрудняюсь ответить/i, /жауап беру қиын/i],
  [/отказ от ответа/i, /жауап беруден бас тарту/i],
];

describe.each(all)('texts of surveys/%s.json', (_code, { newModel }) => {
  const texts = everyText(newModel());
  const failing = (fails: (text: Text) => boolean) =>
    texts.filter(fails).map((text) => `${text.where}: ${say(text, 'kk')} | ${say(text, 'ru')}`);

  it('are there in Kazakh, Russian and English, with no fallback to hide a gap', () => {
    expect(
      failing(({ value }) => [...value.getLocales()].sort().join() !== languages.join()),
    ).toEqual([]);
    expect(failing((text) => languages.some((one) => say(text, one).trim() === ''))).toEqual([]);
    expect(texts.length).toBeGreaterThan(90);
  });

  it('are Kazakh in Kazakh: never the Russian text, and with letters of its own', () => {
    expect(failing((text) => say(text, 'kk') === say(text, 'ru'))).toEqual([]);
    const sentences = (text: Text) => say(text, 'kk').split(' ').length >= 5;
    expect(failing((text) => sentences(text) && !kazakhLetters.test(say(text, 'kk')))).toEqual([]);
    expect(failing((text) => kazakhLetters.test(say(text, 'ru')))).toEqual([]);
  });

  it('never mix two alphabets in a word, nor leave two spaces or one at an end', () => {
    const mixed = /[a-zö]\p{Script=Cyrillic}|\p{Script=Cyrillic}[a-zö]/iu;
    expect(failing((text) => languages.some((one) => mixed.test(say(text, one))))).toEqual([]);
    expect(failing((text) => languages.some((one) => /\s\s|^\s|\s$/.test(say(text, one))))).toEqual(
      [],
    );
  });

  it('use the terms of the glossary', () => {
    const strange = glossary.flatMap(([russian, kazakh]) =>
      failing((text) => russian.test(say(text, 'ru')) && !kazakh.test(say(text, 'kk'))),
    );
    expect(strange).toEqual([]);
  });

  it('put the office after a colon, in the same places in every language', () => {
    const piped = (text: string) => (text.match(/\{[^}]*\}/g) ?? []).join();
    expect(
      failing((text) => new Set(languages.map((one) => piped(say(text, one)))).size > 1),
    ).toEqual([]);
    const withOffice = texts.filter((text) => piped(say(text, 'kk')) !== '');
    expect(new Set(withOffice.map((text) => piped(say(text, 'kk'))))).toEqual(
      new Set(['{office}']),
    );
    const inside = /(?<!: )\{office\}|\{office\}(?!\.|$)/;
    expect(failing((text) => languages.some((one) => inside.test(say(text, one))))).toEqual([]);
  });
});

it('the glossary is met with somewhere: no term stands here unused', () => {
  const russian = all.flatMap(([, { newModel }]) =>
    everyText(newModel()).map((text) => say(text, 'ru')),
  );
  const unused = glossary.filter(([term]) => !russian.some((text) => term.test(text)));
  expect(unused).toEqual([]);
});
