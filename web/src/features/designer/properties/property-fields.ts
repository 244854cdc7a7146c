/** Which properties a part of a questionnaire has, from survey-core's own metadata: every type, every property. */
import { JsonObject, Serializer } from 'survey-core';
import type { JsonObjectProperty } from 'survey-core';
import type { Plain } from '../model/document.ts';
import { isScalar } from '../model/choices.ts';
import { groupOf, type Group } from './property-groups.ts';

export type FieldKind =
  | 'words'
  | 'text'
  | 'question'
  | 'number'
  | 'flag'
  | 'choice'
  | 'condition'
  | 'expression'
  | 'values'
  | 'parts'
  | 'json';

export interface Field {
  readonly name: string;
  readonly kind: FieldKind;
  readonly group: Group;
  /** What is true where nothing is set. */
  readonly byDefault: unknown;
  readonly options: readonly (string | number | boolean)[];
  /** Of parts and values: survey-core's class of one entry; of validators and triggers the class they descend from. */
  readonly entryClass: string;
}

/** What survey-core's metadata hides although interviews need it. */
const shownAnyway = new Set([
  'showDontKnowItem',
  'showRefuseItem',
  'showNoneItem',
  'showOtherItem',
]);
/** Edited elsewhere: the tree, the name, the scoring tab. */
const edited = new Set([
  'name',
  'type',
  'page',
  'pages',
  'elements',
  'questions',
  'templateElements',
  'detailElements',
  'indicator',
  'scoring',
  'missingValues',
]);

const valueLists = new Set(['choices', 'rows', 'columns', 'rateValues', 'customLabels', 'areas']);
const partClasses: Record<string, string> = {
  validators: 'surveyvalidator',
  triggers: 'surveytrigger',
  calculatedvalues: 'calculatedvalue',
  matrixdropdowncolumns: 'matrixdropdowncolumn',
  'textitem[]': 'multipletextitem',
  htmlconditions: 'htmlconditionitem',
  urlconditions: 'urlconditionitem',
};

const lists = new Map<string, readonly Field[]>();
/** What was asked before: asking survey-core makes an object of the whole question, too long for each key that is typed. */
const answers = new Map<string, readonly Field[]>();
const mostAnswers = 1_000;

/**
 * The properties that survey-core keeps of this part. What it would not show of the part as it now is (a least value of a
 * text that is no number, and so on) stands in the group 'rare', so that nothing is out of reach.
 * @param className survey-core's class: the question's type, 'page', 'survey', 'itemvalue' and the like
 * @returns the same list for the same properties, so that a screen is not built anew while somebody types
 */
export function fieldsOf(className: string, element: Plain): readonly Field[] {
  const asked = `${className} ${signatureOf(className, element)}`;
  const known = answers.get(asked);
  if (known) return known;
  if (answers.size >= mostAnswers) answers.clear();
  const list = listFor(className, element);
  answers.set(asked, list);
  return list;
}

/** All of an element that can decide which properties it has: not its texts, and of its lists only how long they are. */
function signatureOf(className: string, element: Plain): string {
  const facts = Object.entries(element).map(([name, value]) => {
    if (Serializer.findProperty(className, name)?.isLocalizable) return name;
    if (Array.isArray(value)) return `${name} ${value.length}`;
    return isScalar(value) ? `${name} ${value}` : name;
  });
  return facts.join('\n');
}

function listFor(className: string, element: Plain): readonly Field[] {
  const object = objectOf(className, element);
  const all: JsonObjectProperty[] = object
    ? Serializer.getPropertiesByObj(object)
    : Serializer.getProperties(className);
  // Value and text of a choice stand in its row, where its scores follow it; what is asked below it is in no tree.
  const isEntry = Serializer.isDescendantOf(className, 'itemvalue');
  const shown = all.filter(
    ({ name, isSerializable }) =>
      (!edited.has(name) || (isEntry && name === 'elements')) &&
      !(isEntry && (name === 'value' || name === 'text')) &&
      (isSerializable || Object.hasOwn(element, name)),
  );
  const isRare = (property: JsonObjectProperty) =>
    !shownAnyway.has(property.name) &&
    !Object.hasOwn(element, property.name) &&
    !property.isVisible('', object);
  const signature = `${className} ${shown.map((one) => (isRare(one) ? `-${one.name}` : one.name)).join()}`;
  const kept = lists.get(signature);
  if (kept) return kept;
  const list = shown.map((property) => fieldOf(property, className, isRare(property)));
  lists.set(signature, list);
  return list;
}

/** survey-core's object of this one part, to ask it what it shows; null where it cannot be made. */
function objectOf(className: string, element: Plain): object | null {
  try {
    const object = Serializer.createClass(className) as object | null;
    if (!object || className === 'survey') return object;
    const { elements: _, templateElements: __, ...alone } = element;
    new JsonObject().toObject(alone, object);
    return object;
  } catch {
    return null;
  }
}

function fieldOf(property: JsonObjectProperty, className: string, rare: boolean): Field {
  const { name } = property;
  const kind = kindOf(property);
  return {
    name,
    kind,
    group: rare ? 'rare' : groupOf(name, className),
    byDefault: property.defaultValue as unknown,
    options: kind === 'choice' ? optionsOf(property) : [],
    entryClass:
      kind === 'values'
        ? property.type.replace('[]', '')
        : kind === 'parts'
          ? (partClasses[property.type] ?? property.className)
          : '',
  };
}

function kindOf(property: JsonObjectProperty): FieldKind {
  const { type, name } = property;
  if (type.endsWith('[]') && type !== 'string[]' && valueLists.has(name)) return 'values';
  if (partClasses[type] !== undefined) return 'parts';
  if (property.isLocalizable && !type.endsWith('[]')) return 'words';
  if (type === 'boolean' || type === 'switch') return 'flag';
  if (property.hasChoices && optionsOf(property).length > 0) return 'choice';
  if (name === 'elements') return 'json';
  if (type === 'number') return 'number';
  if (type === 'condition') return 'condition';
  if (type === 'expression') return 'expression';
  if (type === 'string' || type === 'text') return 'text';
  if (type === 'question_carryforward') return 'question';
  return 'json';
}

function optionsOf(property: JsonObjectProperty): (string | number | boolean)[] {
  const choices: unknown = property.choices;
  if (!Array.isArray(choices)) return [];
  return choices.flatMap((choice: unknown) => {
    const value =
      typeof choice === 'object' && choice !== null
        ? (choice as { value?: unknown }).value
        : choice;
    // An empty word says the same as nothing set, which stands first anyway.
    return value !== '' && isScalar(value) ? [value] : [];
  });
}

/** The kinds of validators or triggers that there are; one where an entry can only be of one kind. */
export function entryTypesOf(entryClass: string): readonly string[] {
  const suffix = entryClass === 'surveyvalidator' ? 'validator' : 'trigger';
  if (entryClass !== 'surveyvalidator' && entryClass !== 'surveytrigger') return [];
  return Serializer.getChildrenClasses(entryClass, true).map(({ name }) =>
    name.replace(new RegExp(`${suffix}$`), ''),
  );
}

/** survey-core's class of one entry of such a list. */
export function classOfEntry(entryClass: string, entry: Plain): string {
  const type = typeof entry.type === 'string' ? entry.type : '';
  if (entryClass === 'surveyvalidator') return `${type}validator`;
  if (entryClass === 'surveytrigger') return `${type}trigger`;
  return entryClass;
}
