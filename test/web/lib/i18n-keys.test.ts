import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(process.cwd(), 'web/src/lib/locales');
const languages = ['kk', 'ru', 'en'] as const;
const namespaces = ['common', 'office', 'field', 'designer'];
const pluralSuffix = /_(zero|one|two|few|many|other)$/;

function textsOf(language: string, namespace: string): Map<string, string> {
  const texts = new Map<string, string>();
  const walk = (node: object, prefix: string) => {
    for (const [key, value] of Object.entries(node)) {
      if (typeof value === 'string') texts.set(prefix + key, value);
      else walk(value as object, `${prefix}${key}.`);
    }
  };
  walk(JSON.parse(readFileSync(join(folder, language, `${namespace}.json`), 'utf8')) as object, '');
  return texts;
}

const stemOf = (key: string) => key.replace(pluralSuffix, '_plural');
const stemsOf = (texts: Map<string, string>) => [...new Set([...texts.keys()].map(stemOf))].sort();
const variablesOf = (text: string) =>
  [...new Set([...text.matchAll(/{{\s*([\w.]+)/g)].map((match) => match[1]))].sort();
const tagsOf = (text: string) => [...text.matchAll(/<\/?(\w+)>/g)].map((match) => match[0]).sort();

describe.each(namespaces)('the texts of %s', (namespace) => {
  const [kk, ru, en] = languages.map((language) => textsOf(language, namespace));

  it('have the same keys in Kazakh, Russian and English', () => {
    expect(stemsOf(kk)).toEqual(stemsOf(en));
    expect(stemsOf(ru)).toEqual(stemsOf(en));
  });

  it.each([
    ['kk', kk],
    ['ru', ru],
    ['en', en],
  ])('have every plural form that %s needs', (language, texts) => {
    const needed = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    const stems = [...texts.keys()]
      .filter((key) => pluralSuffix.test(key))
      .map((key) => key.replace(pluralSuffix, ''));
    for (const stem of new Set(stems)) {
      expect(needed.filter((form) => !texts.has(`${stem}_${form}`))).toEqual([]);
    }
  });

  it('fill in the same variables and tags', () => {
    const english = new Map([...en].map(([key, text]) => [stemOf(key), text]));
    for (const texts of [kk, ru]) {
      for (const [key, text] of texts) {
        const other = english.get(stemOf(key)) ?? '';
        expect([key, variablesOf(text), tagsOf(text)]).toEqual([
          key,
          variablesOf(other),
          tagsOf(other),
        ]);
      }
    }
  });

  it('are nowhere empty', () => {
    for (const texts of [kk, ru, en]) {
      expect([...texts].filter(([, text]) => text.trim() === '')).toEqual([]);
    }
  });
});
