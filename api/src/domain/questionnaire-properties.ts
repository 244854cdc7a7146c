/**
 * What survey-core's metadata says about the properties of a questionnaire, as far as pure code needs it.
 * test/domain/questionnaire-properties.test.ts compares every table with survey-core's own `Serializer`.
 */

/** Properties that hold questions, panels or pages. */
export const nestedElements: ReadonlySet<string> = new Set([
  'pages',
  'elements',
  'questions',
  'templateElements',
  'detailElements',
]);

/** Lists whose entries are known by their value or their name. */
export const itemLists: ReadonlyMap<string, 'value' | 'name'> = new Map([
  ['choices', 'value'],
  ['rows', 'value'],
  ['rateValues', 'value'],
  ['customLabels', 'value'],
  ['areas', 'value'],
  ['columns', 'value'],
  ['items', 'name'],
  ['calculatedValues', 'name'],
]);

/** Lists of objects that have neither, but hold texts or conditions. */
export const plainLists: ReadonlySet<string> = new Set([
  'validators',
  'triggers',
  'completedHtmlOnCondition',
  'navigateToUrlOnCondition',
]);

/** Texts that people read, in the languages of the questionnaire. */
const shownTexts = [
  'title',
  'description',
  'html',
  'text',
  'label',
  'labelTrue',
  'labelFalse',
  'minRateDescription',
  'maxRateDescription',
  'completedHtml',
  'completedBeforeHtml',
  'loadingHtml',
  'startSurveyText',
  'pagePrevText',
  'pageNextText',
  'completeText',
  'previewText',
  'editText',
  'requiredErrorText',
  'navigationTitle',
  'navigationDescription',
  'content',
  'commentText',
  'commentPlaceholder',
  'placeholder',
  'placeholderReadOnly',
  'keyDuplicationError',
  'totalText',
  'confirmDeleteText',
  'addRowText',
  'removeRowText',
  'noRowsText',
  'otherPlaceholder',
  'noneText',
  'refuseText',
  'dontKnowText',
  'otherText',
  'otherErrorText',
  'selectAllText',
  'createCustomChoiceText',
  'selectToRankEmptyRankedAreaText',
  'selectToRankEmptyUnrankedAreaText',
  'minErrorText',
  'maxErrorText',
  'stepErrorText',
  'altText',
  'fileOrPhotoPlaceholder',
  'photoPlaceholder',
  'filePlaceholder',
  'templateTitle',
  'templateTabTitle',
  'tabTitlePlaceholder',
  'templateDescription',
  'noEntriesText',
  'addPanelText',
  'removePanelText',
  'prevPanelText',
  'nextPanelText',
  'cellHint',
] as const;

/** Texts that may be the same in every language: addresses, patterns. */
const technicalTexts = [
  'logo',
  'imageLink',
  'url',
  'format',
  'totalFormat',
  'defaultDisplayValue',
  'questionTitleTemplate',
  'singleInputTitleTemplate',
  'dataList',
] as const;

/** Whether a text must stand in every language. */
export const mustBeTranslated: ReadonlySet<string> = new Set(shownTexts);
export const localisable: ReadonlySet<string> = new Set([...shownTexts, ...technicalTexts]);

/** Properties that hold an expression: true when it decides whether something is asked or allowed. */
export const expressionProperties: ReadonlyMap<string, 'condition' | 'value'> = new Map([
  ['visibleIf', 'condition'],
  ['enableIf', 'condition'],
  ['requiredIf', 'condition'],
  ['resetValueIf', 'condition'],
  ['setValueIf', 'condition'],
  ['choicesVisibleIf', 'condition'],
  ['choicesEnableIf', 'condition'],
  ['columnsVisibleIf', 'condition'],
  ['rowsVisibleIf', 'condition'],
  ['templateVisibleIf', 'condition'],
  ['setValueExpression', 'value'],
  ['defaultValueExpression', 'value'],
  ['minValueExpression', 'value'],
  ['maxValueExpression', 'value'],
  ['totalExpression', 'value'],
  ['expression', 'value'],
  ['runExpression', 'value'],
]);

/** Types that hold other elements and are no question themselves. */
export const panelTypes: ReadonlySet<unknown> = new Set(['panel', 'flowpanel']);

/** Types whose answer is a face, a document or a signature. */
export const identifyingTypes: ReadonlySet<unknown> = new Set(['file', 'signaturepad']);

/** Types that no interviewer can read out: fields within a running text, and a question that asks nothing. */
export const unaskableTypes: ReadonlySet<unknown> = new Set(['flowpanel', 'empty']);

/** Question types that show something and take no answer. */
export const silentTypes: ReadonlySet<string> = new Set(['html', 'image', 'expression', 'empty']);

/** Types that are asked with a title of their own; others may do without. */
export const untitledTypes: ReadonlySet<string> = new Set([
  'html',
  'image',
  'empty',
  ...['panel', 'flowpanel'],
]);

/** Texts of a question that its type shows although the JSON need not give them. */
export const entryTextsOf: ReadonlySet<string> = new Set([
  'choices',
  'rows',
  'columns',
  'rateValues',
]);
