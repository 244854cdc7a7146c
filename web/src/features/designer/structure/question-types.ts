import { identifyingTypes, unaskableTypes } from '@akimetr/api/domain/questionnaire-properties';

/** Question types that suit an interview, in the groups of the "add" menu. */
export const typeGroups = {
  choice: [
    'radiogroup',
    'checkbox',
    'dropdown',
    'tagbox',
    'boolean',
    'rating',
    'slider',
    'ranking',
    'buttongroup',
  ],
  grid: ['matrix', 'matrixdropdown', 'matrixdynamic'],
  text: ['text', 'comment', 'multipletext'],
  media: ['imagepicker', 'imagemap', 'image'],
  other: ['panel', 'paneldynamic', 'html', 'expression'],
} as const;

/** Types that survey-core knows besides: they can be added and edited, and the check tells why they cannot be published. */
export const unsuitedTypes = [...identifyingTypes, ...unaskableTypes] as readonly string[];

/** Every type of question and panel that there is. */
export const everyType: readonly string[] = [...Object.values(typeGroups).flat(), ...unsuitedTypes];

const alike: readonly (readonly string[])[] = [
  ['radiogroup', 'checkbox', 'dropdown', 'tagbox', 'ranking', 'buttongroup', 'imagepicker'],
  ['text', 'comment'],
  ['matrixdropdown', 'matrixdynamic'],
  ['rating', 'slider'],
];

/** The types that a question of this type can become and keep what it asks; only itself where there is none. */
export const kindsOf = (type: string): readonly string[] =>
  alike.find((kinds) => kinds.includes(type)) ?? [type];

const nameStems: Record<string, string> = {
  panel: 'panel',
  flowpanel: 'panel',
  paneldynamic: 'panel',
  html: 'note',
};

/** A new question as it is added: the least that can be asked. Its texts are for the author to write. */
export function newElement(type: string): Record<string, unknown> {
  const name = `${nameStems[type] ?? 'question'}_1`;
  const choices = ['option_1', 'option_2'];
  switch (type) {
    case 'radiogroup':
    case 'checkbox':
    case 'dropdown':
    case 'tagbox':
    case 'ranking':
    case 'buttongroup':
      return { type, name, choices };
    case 'matrix':
      return { type, name, columns: ['column_1', 'column_2'], rows: ['row_1', 'row_2'] };
    case 'matrixdropdown':
    case 'matrixdynamic':
      return {
        type,
        name,
        columns: [{ name: 'column_1', cellType: 'dropdown' }],
        choices,
        ...(type === 'matrixdropdown' && { rows: ['row_1', 'row_2'] }),
      };
    case 'multipletext':
      return { type, name, items: [{ name: 'text_1' }, { name: 'text_2' }] };
    case 'panel':
    case 'flowpanel':
      return { type, name, elements: [] };
    case 'paneldynamic':
      return { type, name, templateElements: [] };
    default:
      return { type, name };
  }
}
