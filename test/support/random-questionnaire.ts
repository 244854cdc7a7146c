import { Serializer, type JsonObjectProperty } from 'survey-core';
import fc from './fast-check.ts';

type Json = Record<string, unknown>;

/** What other types have in common: survey-core makes them, and no renderer shows them. */
export const baseTypes: readonly string[] = ['matrixdropdownbase', 'nonvalue', 'textbase'];

/** Every question type that survey-core can make. */
export const questionTypes: string[] = Serializer.getChildrenClasses('question', true)
  .map(({ name }) => name)
  .filter((name) => !baseTypes.includes(name))
  .sort();

const text = fc.constantFrom('Сұрақ', 'Вопрос?', 'Question', '<b>жауап</b>', 'a/b@c %', '');
const localText = fc.oneof(
  text,
  fc.record({ kk: text, ru: text, en: text }, { requiredKeys: [] }).filter(notEmpty),
  fc.record({ default: text, ru: text }),
);
const values = fc.uniqueArray(fc.constantFrom<string | number>('yes', 'no', 'a/b', 'x@y', 1, 2), {
  minLength: 1,
  maxLength: 4,
});
const entries = values.chain((list) =>
  fc.tuple(
    ...list.map((value) =>
      fc.oneof(
        fc.constant<unknown>(value),
        fc.record({ value: fc.constant(value), text: localText }),
        fc.record({
          value: fc.constant(value),
          text: localText,
          visibleIf: fc.constant("{q1} = 'yes'"),
        }),
      ),
    ),
  ),
);
const columns = fc
  .uniqueArray(fc.constantFrom('first', 'second', 'third'), { minLength: 1, maxLength: 3 })
  .chain((names) =>
    fc.tuple(
      ...names.map((name) =>
        fc.record(
          {
            name: fc.constant(name),
            title: localText,
            cellType: fc.constantFrom('text', 'rating'),
            choices: entries,
          },
          { requiredKeys: ['name'] },
        ),
      ),
    ),
  );
const validators = fc.array(
  fc.record({
    type: fc.constant('expression'),
    expression: fc.constant('{q1} notempty'),
    text: localText,
  }),
  { minLength: 1, maxLength: 2 },
);

function notEmpty(texts: Json): boolean {
  return Object.keys(texts).length > 0;
}

/** Values for one property as its metadata describes it; null for properties that hold what is no plain value. */
function valueOf(property: JsonObjectProperty): fc.Arbitrary<unknown> | null {
  if (property.name === 'validators') return validators;
  if (['columns', 'items'].includes(property.name) && property.type !== 'matrixcolumn[]')
    return columns;
  if (property.isLocalizable && property.serializationProperty && property.type !== 'string[]') {
    return localText;
  }
  switch (property.type) {
    case 'boolean':
    case 'switch':
      return fc.boolean();
    case 'number':
      return fc.integer({ min: 1, max: 9 });
    case 'condition':
    case 'expression':
      return fc.constantFrom("{q1} = 'yes'", '{q1} + 1 > 2', "{q2} contains 'a'");
    case 'string':
    case 'text':
      return property.hasChoices || property.name === 'valueName' ? null : text;
    default:
      return /\[\]$|^itemvalues$/.test(property.type) && property.type !== 'string[]'
        ? entries
        : null;
  }
}

const ours = { indicator: fc.constantFrom('openness', 'trust') };

/** One question of the type with some of its properties given, as its own metadata allows. */
export function aQuestion(type: string, name: string): fc.Arbitrary<Json> {
  const given: Record<string, fc.Arbitrary<unknown>> = { ...ours };
  for (const property of Serializer.getProperties(type)) {
    if (!property.isSerializable || ['name', 'type'].includes(property.name)) continue;
    const value = valueOf(property);
    if (value !== null) given[property.name] = value;
  }
  return fc.subarray(Object.keys(given), { maxLength: 8 }).chain((names) =>
    fc.record(Object.fromEntries(names.map((one) => [one, given[one]]))).map((members) => ({
      type,
      name,
      ...members,
    })),
  );
}

const named = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, place) => `${prefix}${place + 1}`);

/** A questionnaire of some pages, panels and questions of any type. Names are unique. */
export const aQuestionnaire: fc.Arbitrary<Json> = fc
  .array(fc.constantFrom(...questionTypes), { minLength: 1, maxLength: 6 })
  .chain((types) =>
    fc.record({
      title: localText,
      questions: fc.tuple(...types.map((type, place) => aQuestion(type, `q${place + 1}`))),
      pages: fc.integer({ min: 1, max: 3 }),
      panel: fc.boolean(),
    }),
  )
  .map(({ title, questions, pages, panel }) => ({
    title,
    levels: ['district'],
    pages: named('page', pages).map((name, place) => {
      const own: Json[] = questions.filter((_, index) => index % pages === place);
      const elements = panel ? [{ type: 'panel', name: `panel_${name}`, elements: own }] : own;
      return { name, elements };
    }),
    calculatedValues: [{ name: 'total', expression: '{q1} + 1' }],
  }));
