import { Serializer } from 'survey-core';
import {
  classOfEntry,
  entryTypesOf,
  fieldsOf,
} from '../../../web/src/features/designer/properties/property-fields.ts';
import {
  everyType,
  newElement,
} from '../../../web/src/features/designer/structure/question-types.ts';
import en from '../../../web/src/lib/locales/en/designer.json';
import kk from '../../../web/src/lib/locales/kk/designer.json';
import ru from '../../../web/src/lib/locales/ru/designer.json';

const names = new Set<string>();
const options = new Set<string>();
const parts = new Set<string>();
const seen = new Set<string>();

/** Notes every property and option that the form of such an element shows, whichever of its options are set. */
function note(className: string, element: Readonly<Record<string, unknown>>, vary = true): void {
  const key = `${className} ${JSON.stringify(element)}`;
  if (seen.has(key)) return;
  seen.add(key);
  for (const field of fieldsOf(className, element)) {
    names.add(field.name);
    field.options.forEach((option) => options.add(String(option)));
    if (typeof field.byDefault === 'string' && field.kind === 'choice')
      options.add(field.byDefault);
    // Some options bring properties of their own: a column's kind of cell, the look of a rating.
    if (vary && field.options.length < 30) {
      for (const option of field.options) {
        note(className, { ...element, [field.name]: option }, false);
      }
    }
    if (field.entryClass === '') continue;
    const types = entryTypesOf(field.entryClass);
    types.forEach((type) => parts.add(type));
    if (types.length === 0) note(field.entryClass, {});
    for (const type of types) note(classOfEntry(field.entryClass, { type }), { type });
  }
}

beforeAll(() => {
  note('survey', {});
  note('page', {});
  for (const type of everyType) note(type, newElement(type));
  for (const { name } of Serializer.getChildrenClasses('itemvalue')) note(name, {});
});

/** Codes that every language writes alike: numbers and currencies of ISO 4217. */
const isCode = (option: string) => /^-?\d+$|^[A-Z]{3}$/.test(option);
const wordless = (asked: ReadonlySet<string>, texts: Readonly<Record<string, string>>) =>
  [...asked].filter((one) => !isCode(one) && (texts[one] ?? '').trim() === '');
/** Names of formats and services, and what is the same word. */
const alike = /^[A-Z]+$|^YouTube$/;

describe.each([
  ['kk', kk],
  ['ru', ru],
  ['en', en],
])('the words of the property panel in %s', (language, texts) => {
  it('name every property that is shown', () => {
    expect(names.size).toBeGreaterThan(350);
    expect(wordless(names, texts.names)).toEqual([]);
  });

  it('name every option that can be chosen', () => {
    expect(options.size).toBeGreaterThan(300);
    expect(wordless(options, texts.options)).toEqual([]);
  });

  it('name every kind of check and of event', () => {
    expect(wordless(parts, texts.partTypes)).toEqual([]);
  });

  it('are words of that language', () => {
    if (language === 'en') return;
    const shown = [...Object.entries(texts.names), ...Object.entries(texts.options)];
    expect(
      shown.filter(([, text]) => !/\p{Script=Cyrillic}/u.test(text) && !alike.test(text)),
    ).toEqual([]);
  });
});
