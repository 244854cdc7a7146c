export const groups = [
  'common',
  'choices',
  'logic',
  'checks',
  'values',
  'texts',
  'look',
  'other',
  'rare',
] as const;
export type Group = (typeof groups)[number];

const named: Record<Exclude<Group, 'other' | 'rare'>, readonly string[]> = {
  common: [
    'title',
    'description',
    'isRequired',
    'html',
    'choices',
    'rows',
    'columns',
    'rateValues',
    'rateMin',
    'rateMax',
    'rateStep',
    'inputType',
    'min',
    'max',
    'step',
    'labelTrue',
    'labelFalse',
    'minRateDescription',
    'maxRateDescription',
    'items',
    'expression',
    'text',
    'value',
    'cellType',
    'eachRowRequired',
    'templateTitle',
    'imageLink',
  ],
  choices: [
    'showDontKnowItem',
    'showRefuseItem',
    'showNoneItem',
    'showOtherItem',
    'showSelectAllItem',
    'choicesOrder',
    'rowOrder',
    'questionOrder',
    'choicesFromQuestion',
    'choicesFromQuestionMode',
    'choiceValuesFromQuestion',
    'choiceTextsFromQuestion',
    'choicesByUrl',
    'choicesMin',
    'choicesMax',
    'choicesStep',
    'maxSelectedChoices',
    'minSelectedChoices',
    'rateCount',
    'rateType',
    'autoGenerate',
    'isExclusive',
    'randomize',
    'randomizeCategory',
    'selectToRankEnabled',
    'multiSelect',
    'panelCount',
    'minPanelCount',
    'maxPanelCount',
    'allowAddPanel',
    'allowRemovePanel',
    'cells',
  ],
  logic: [
    'visibleIf',
    'enableIf',
    'requiredIf',
    'resetValueIf',
    'setValueIf',
    'setValueExpression',
    'choicesVisibleIf',
    'choicesEnableIf',
    'rowsVisibleIf',
    'columnsVisibleIf',
    'templateVisibleIf',
    'visible',
    'readOnly',
    'triggers',
    'calculatedValues',
    'clearIfInvisible',
    'clearInvisibleValues',
    'completedHtmlOnCondition',
    'navigateToUrlOnCondition',
    'bindings',
  ],
  checks: [
    'validators',
    'minValueExpression',
    'maxValueExpression',
    'maxLength',
    'eachRowUnique',
    'keyName',
    'checkErrorsMode',
    'validateVisitedEmptyFields',
    'maxTextLength',
    'maxCommentLength',
    'isCommentRequired',
  ],
  values: [
    'defaultValue',
    'defaultValueExpression',
    'correctAnswer',
    'valueName',
    'valueTrue',
    'valueFalse',
    'valuePropertyName',
    'defaultPanelValue',
    'useDisplayValuesInDynamicTexts',
    'includeIntoResult',
    'storeOthersAsComment',
  ],
  texts: ['placeholder', 'noneText', 'otherText', 'dontKnowText', 'refuseText'],
  look: ['colCount', 'renderAs', 'displayMode', 'swapOrder', 'startWithNewLine', 'indent', 'state'],
};

const byName = new Map<string, Group>(
  Object.entries(named).flatMap(([group, names]) =>
    names.map((name) => [name, group as Group] as const),
  ),
);

const looks =
  /width|height|location|size|align|color|layout|image|logo|pen|show|hide|auto|progress|toc|order|fit|columns?$|grid/i;
const texts = /text$|title$|placeholder$|html$|description$|template$/i;

/** The group in which a property is looked for; what people use most is in `common`. */
export function groupOf(name: string, className: string): Group {
  if (className === 'survey' && name === 'questionOrder') return 'logic';
  const known = byName.get(name);
  if (known) return known;
  if (texts.test(name)) return 'texts';
  return looks.test(name) ? 'look' : 'other';
}

const places = new Map([...byName.keys()].map((name, place) => [name, place]));

/** Common ones first, in the order of the list above; the others by name. */
export const inOrder = (one: { name: string }, other: { name: string }): number =>
  (places.get(one.name) ?? 1_000) - (places.get(other.name) ?? 1_000) ||
  one.name.localeCompare(other.name, 'en');
