/** Where in the text a cursor stands, by the syntax tree: which object, which property, key or value. */
import { syntaxTree } from '@codemirror/language';
import type { EditorState } from '@codemirror/state';

type Node = ReturnType<ReturnType<typeof syntaxTree>['resolveInner']>;

const textOf = (state: EditorState, node: Node): string => state.sliceDoc(node.from, node.to);

/** The text of a JSON string without its quotation marks; the text itself where it is not one. */
const unquoted = (text: string): string => text.replace(/^"|"$/g, '');

/** The nearest node of this kind around, the node itself included. */
function around(node: Node | null, name: string): Node | null {
  let found = node;
  while (found && found.name !== name) found = found.parent;
  return found;
}

/** The text value of a property of an object; null where it has none. */
export function valueIn(state: EditorState, object: Node, wanted: string): string | null {
  for (const property of object.getChildren('Property')) {
    const name = property.getChild('PropertyName');
    const value = property.lastChild;
    if (name && value?.name === 'String' && unquoted(textOf(state, name)) === wanted) {
      return unquoted(textOf(state, value));
    }
  }
  return null;
}

/** The name of the property that an object or list is the value of; null for the whole document. */
function propertyOf(state: EditorState, node: Node): string | null {
  const property = around(node.parent, 'Property');
  const name = property?.getChild('PropertyName');
  return name ? unquoted(textOf(state, name)) : null;
}

const partClass: Record<string, string> = {
  pages: 'page',
  choices: 'choiceitem',
  rateValues: 'ratingitem',
  rows: 'itemvalue',
  columns: 'itemvalue',
  calculatedValues: 'calculatedvalue',
  items: 'multipletextitem',
};

/** survey-core's class of the object, by its `type` and by the list it stands in; null where that cannot be told. */
export function classAt(state: EditorState, object: Node): string | null {
  const list = propertyOf(state, object);
  if (list === null) return 'survey';
  const type = valueIn(state, object, 'type');
  if (list === 'validators') return type === null ? 'surveyvalidator' : `${type}validator`;
  if (list === 'triggers') return type === null ? 'surveytrigger' : `${type}trigger`;
  if (list === 'columns' && valueIn(state, object, 'name') !== null) return 'matrixdropdowncolumn';
  if (partClass[list]) return partClass[list];
  return ['elements', 'questions', 'templateElements'].includes(list) ? (type ?? 'question') : null;
}

export interface Place {
  readonly kind: 'key' | 'value';
  /** Start of the word that is being written, its quotation mark included. */
  readonly from: number;
  readonly to: number;
  /** survey-core's class of the object around. */
  readonly className: string;
  /** Of a value: the property it is of. */
  readonly property: string;
  /** Properties that the object has already. */
  readonly present: readonly string[];
  /** The list the object stands in. */
  readonly list: string;
}

/** Where a text begins whose second quotation mark is not written yet; null where none does. */
function openTextAt(state: EditorState, position: number): number | null {
  const { from, text } = state.doc.lineAt(position);
  const before = text.slice(0, position - from).replace(/\\./g, '..');
  const isOpen = before.split('"').length % 2 === 0;
  return isOpen ? from + before.lastIndexOf('"') : null;
}

/** What is being written at this position; null where nothing can be offered. */
export function placeAt(state: EditorState, position: number): Place | null {
  const node = syntaxTree(state).resolveInner(position, -1);
  const object = around(node, 'Object');
  if (!object) return null;
  const className = classAt(state, object);
  if (className === null) return null;
  const written = ['String', 'PropertyName'].includes(node.name) ? node : null;
  const property = around(node, 'Property');
  const inObject = property && property.from > object.from ? property : null;
  const name = inObject?.getChild('PropertyName') ?? null;
  const isValue = name !== null && position > name.to;
  return {
    kind: isValue ? 'value' : 'key',
    from: written?.from ?? openTextAt(state, position) ?? position,
    to: written?.to ?? position,
    className,
    property: isValue ? unquoted(textOf(state, name)) : '',
    present: object.getChildren('Property').flatMap((one) => {
      const key = one.getChild('PropertyName');
      return key && key !== name ? [unquoted(textOf(state, key))] : [];
    }),
    list: propertyOf(state, object) ?? '',
  };
}
