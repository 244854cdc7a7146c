import {
  ConditionRunner,
  Model,
  type ItemValue,
  type Question,
  type SurveyValidator,
} from 'survey-core';
import type { FieldFault } from '../contracts/problem.ts';
import type { QuestionnaireJson } from '../contracts/questionnaires.ts';
import { registerOurProperties } from './survey-properties.ts';

registerOurProperties();

/**
 * Checks answers against a questionnaire version as survey-core understands it, and more strictly than
 * survey-core itself, which lets unknown names, unknown choices and answers to hidden questions pass.
 *
 * A survey-core Model costs several milliseconds per interview. So the Model is built once per version:
 * it reads the JSON, and gives its questions, choices, validators and expression engine; what is left per
 * interview is to run those. A questionnaire with parts that cannot be checked that way (`wholeModelParts`)
 * goes through a Model of its own for every interview: slower, never laxer. That both agree is a property test.
 */
export type AnswersCheck = (answers: Readonly<Record<string, unknown>>) => FieldFault[];

type Answers = Readonly<Record<string, unknown>>;
type ValueCheck = (value: unknown) => string | null;

interface CheckedQuestion {
  name: string;
  isVisible: (answers: Answers) => boolean;
  isRequired: (answers: Answers) => boolean;
  /** Whether the value is one that the question can give. */
  valueFault: ValueCheck;
  validatorFaults: (value: unknown, answers: Answers) => string[];
}

const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === '' ||
  (Array.isArray(value) && value.length === 0) ||
  (typeof value === 'object' && !Array.isArray(value) && Object.keys(value).length === 0);

/** Expressions are compiled once and run on the answers alone. */
function condition(expression: string): (answers: Answers) => boolean {
  if (expression === '') return () => true;
  const runner = new ConditionRunner(expression);
  return (answers) => runner.runValues({ ...answers }) === true;
}

const scalar = (value: unknown): value is string | number | boolean =>
  ['string', 'number', 'boolean'].includes(typeof value);

/** survey-core compares choices loosely: 5 is "5". We ask for the very value, so that one answer has one form. */
function oneOf(values: readonly unknown[]): ValueCheck {
  const known = new Set(values);
  return (value) =>
    scalar(value) && known.has(value) ? null : 'is not one of the choices of the question';
}

function severalOf(values: readonly unknown[], all = false): ValueCheck {
  const one = oneOf(values);
  return (value) => {
    if (!Array.isArray(value)) return 'must be a list of choices';
    if (new Set(value).size !== value.length) return 'names a choice twice';
    if (all && value.length !== values.length) return 'must put every choice in order';
    return value.map(one).find((fault) => fault !== null) ?? null;
  };
}

const valuesOf = (choices: readonly ItemValue[]): unknown[] =>
  choices.map((choice) => choice.value as unknown);

/** Choices and what SurveyJS adds to them: none, other, don't know, refuse. */
function choicesOf(question: Question): unknown[] {
  return valuesOf((question as unknown as { visibleChoices: ItemValue[] }).visibleChoices);
}

/** Several choices, with their number and those that stand alone. */
function selectionCheck(question: Question): ValueCheck {
  const { visibleChoices, minSelectedChoices, maxSelectedChoices } = question as unknown as {
    visibleChoices: (ItemValue & { isExclusive?: boolean })[];
    minSelectedChoices: number;
    maxSelectedChoices: number;
  };
  const several = severalOf(valuesOf(visibleChoices));
  const alone = new Set<unknown>([
    'none',
    ...visibleChoices
      .filter((choice) => choice.isExclusive)
      .map((choice) => choice.value as unknown),
  ]);
  return (value) => {
    const fault = several(value);
    if (fault !== null) return fault;
    const chosen = value as unknown[];
    if (chosen.length > 1 && chosen.some((one) => alone.has(one))) {
      return 'has a choice that stands alone together with others';
    }
    if (chosen.length < minSelectedChoices) return `needs at least ${minSelectedChoices} choices`;
    if (maxSelectedChoices > 0 && chosen.length > maxSelectedChoices) {
      return `takes at most ${maxSelectedChoices} choices`;
    }
    return null;
  };
}

function matrixCheck(question: Question): ValueCheck {
  const matrix = question as unknown as {
    rows: ItemValue[];
    columns: ItemValue[];
    cellType: string;
    eachRowRequired: boolean;
  };
  const rows = new Set(valuesOf(matrix.rows).map(String));
  const cell =
    matrix.cellType === 'checkbox'
      ? severalOf(valuesOf(matrix.columns))
      : oneOf(valuesOf(matrix.columns));
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return 'must name an answer for each row';
    }
    for (const [row, answer] of Object.entries(value)) {
      if (!rows.has(row)) return `has no row "${row.slice(0, 50)}"`;
      const fault = cell(answer);
      if (fault !== null) return `row "${row}" ${fault}`;
    }
    const missing = [...rows].filter((row) => !(row in value));
    return matrix.eachRowRequired && missing.length > 0
      ? `row "${missing[0]}" is not answered`
      : null;
  };
}

/** A limit of a text or slider question: a number, or nothing when it is not a plain number. */
const limit = (value: unknown): number | null =>
  value === undefined || value === null || value === '' ? null : Number(value);

function numberCheck(question: Question): ValueCheck {
  const { min, max, step } = question as unknown as Record<'min' | 'max' | 'step', unknown>;
  const [least, most, stride] = [limit(min), limit(max), limit(step)];
  return (value) => {
    if (typeof value !== 'number' || !Number.isFinite(value)) return 'must be a number';
    if (least !== null && value < least) return `must be at least ${least}`;
    if (most !== null && value > most) return `must be at most ${most}`;
    if (stride !== null && stride > 0) {
      const steps = value / stride;
      if (Math.abs(steps - Math.round(steps)) > 1e-9) return `must go in steps of ${stride}`;
    }
    return null;
  };
}

const longestText = 10_000;
const textCheck =
  (maxLength: number): ValueCheck =>
  (value) => {
    if (typeof value !== 'string') return 'must be text';
    const most = maxLength > 0 ? maxLength : longestText;
    return value.length > most ? `must not be longer than ${most} characters` : null;
  };

function booleanValues(question: Question): unknown[] {
  const { valueTrue, valueFalse } = question as unknown as Record<string, unknown>;
  return [valueTrue ?? true, valueFalse ?? false];
}

function valueCheckOf(question: Question): ValueCheck | null {
  switch (question.getType()) {
    case 'radiogroup':
    case 'dropdown':
    case 'buttongroup':
      return oneOf(choicesOf(question));
    case 'imagepicker':
      return question.multiSelect ? severalOf(choicesOf(question)) : oneOf(choicesOf(question));
    case 'checkbox':
    case 'tagbox':
      return selectionCheck(question);
    case 'ranking':
      return severalOf(choicesOf(question), question.selectToRankEnabled !== true);
    case 'rating':
      return oneOf(
        valuesOf((question as unknown as { visibleRateValues: ItemValue[] }).visibleRateValues),
      );
    case 'boolean':
      return oneOf(booleanValues(question));
    case 'matrix':
      return matrixCheck(question);
    case 'text':
      return question.inputType === 'number' || question.inputType === 'range'
        ? numberCheck(question)
        : question.inputType === 'text'
          ? textCheck(question.maxLength as number)
          : null;
    case 'slider':
      return question.sliderType === 'range' ? null : numberCheck(question);
    case 'comment':
      return textCheck(question.maxLength as number);
    default:
      return null;
  }
}

interface Container {
  name: string;
  isRequired: boolean;
  requiredIf: string;
}

/** Parts of a questionnaire that only a whole Model can follow; empty for a plain one. */
export function wholeModelParts(model: Model): string[] {
  const parts: string[] = [];
  if (model.triggers.length > 0) parts.push('triggers');
  if (model.calculatedValues.length > 0) parts.push('calculatedValues');
  for (const container of [...model.pages, ...model.getAllPanels(false, true)]) {
    const { isRequired, requiredIf, name } = container as unknown as Container;
    if (isRequired || requiredIf) parts.push(name);
  }
  for (const question of model.getAllQuestions(false, false, true)) {
    if (!question.hasInput) continue;
    if (valueCheckOf(question) === null) parts.push(question.name);
    const dynamic = [
      'choicesByUrl',
      'choicesVisibleIf',
      'choicesFromQuestion',
      'rowsVisibleIf',
      'columnsVisibleIf',
      'setValueIf',
      'setValueExpression',
      'resetValueIf',
      'defaultValueExpression',
      'minValueExpression',
      'maxValueExpression',
      'valueName',
      'showCommentArea',
      'showOtherItem',
    ];
    const plainJson = question.toJSON() as Record<string, unknown>;
    if (dynamic.some((property) => plainJson[property] !== undefined)) parts.push(question.name);
    const { choices } = plainJson;
    if (Array.isArray(choices) && choices.some((choice) => hasCondition(choice))) {
      parts.push(question.name);
    }
  }
  return [...new Set(parts)];
}

const hasCondition = (choice: unknown): boolean =>
  typeof choice === 'object' && choice !== null && ('visibleIf' in choice || 'enableIf' in choice);

/** The question itself and everything around it must be visible. */
function visibilityOf(question: Question): (answers: Answers) => boolean {
  const conditions: ((answers: Answers) => boolean)[] = [];
  interface Shown {
    visible: boolean;
    visibleIf: string;
    parent?: Shown | null;
  }
  for (let at: Shown | null = question as unknown as Shown; at; at = at.parent ?? null) {
    if (at.visibleIf) conditions.push(condition(at.visibleIf));
    else if (at.visible === false) conditions.push(() => false);
  }
  return (answers) => conditions.every((holds) => holds(answers));
}

function validatorsOf(question: Question): CheckedQuestion['validatorFaults'] {
  const checks = question.validators
    .filter((validator) => validator.notificationType === 'error')
    .map((validator) => validatorCheck(validator, question.name));
  return (value, answers) => checks.flatMap((check) => check(value, answers) ?? []);
}

function validatorCheck(validator: SurveyValidator, name: string) {
  if (validator.getType() === 'expressionvalidator') {
    const holds = condition((validator as unknown as { expression: string }).expression ?? '');
    return (_value: unknown, answers: Answers) =>
      holds(answers) ? null : 'does not meet the condition of the question';
  }
  return (value: unknown) =>
    validator.validate(value, name)?.error
      ? `does not pass the check "${validator.getType()}"`
      : null;
}

function checkedQuestion(question: Question): CheckedQuestion {
  const requiredIf = question.requiredIf ? condition(question.requiredIf) : null;
  return {
    name: question.name,
    isVisible: visibilityOf(question),
    isRequired: requiredIf ?? (() => question.isRequired),
    valueFault: valueCheckOf(question)!,
    validatorFaults: validatorsOf(question),
  };
}

function unknownNames(answers: Answers, known: ReadonlySet<string>): FieldFault[] {
  return Object.keys(answers)
    .filter((name) => !known.has(name))
    .map((name) => ({ path: `answers.${name.slice(0, 100)}`, message: 'no such question' }));
}

const faultOf = (name: string, message: string): FieldFault => ({
  path: `answers.${name}`,
  message,
});

/** What is wrong with the answer to one question; nothing is made where nothing is wrong: this is a hot path. */
function questionFaults(question: CheckedQuestion, answers: Answers, faults: FieldFault[]): void {
  const { name } = question;
  const value = answers[name];
  if (!question.isVisible(answers)) {
    if (value !== undefined) faults.push(faultOf(name, 'is answered, but was not to be asked'));
    return;
  }
  if (isEmpty(value)) {
    if (question.isRequired(answers)) faults.push(faultOf(name, 'is required'));
    else if (value !== undefined) faults.push(faultOf(name, 'is empty: leave it out'));
    return;
  }
  const wrong = question.valueFault(value);
  if (wrong !== null) faults.push(faultOf(name, wrong));
  else
    for (const message of question.validatorFaults(value, answers))
      faults.push(faultOf(name, message));
}

function plainCheck(questions: readonly CheckedQuestion[]): AnswersCheck {
  const known = new Set(questions.map(({ name }) => name));
  return (answers) => {
    const faults = unknownNames(answers, known);
    for (const question of questions) questionFaults(question, answers, faults);
    return faults;
  };
}

/**
 * A Model of its own for each interview: what survey-core says of it, names it does not know, questions it
 * does not show, and values that it would quietly change.
 */
function wholeModelCheck(questionnaire: QuestionnaireJson): AnswersCheck {
  return (answers) => {
    const model = new Model(questionnaire);
    model.data = { ...answers };
    const questions = model.getAllQuestions(false, false, true);
    const known = new Set([
      ...questions.flatMap((question) => [
        question.getValueName(),
        `${question.getValueName()}-Comment`,
      ]),
      ...model.calculatedValues.map(({ name }) => name),
    ]);
    const faults = unknownNames(answers, known);
    model.validate(true, false);
    for (const question of questions) {
      const fault = (message: string) => faults.push({ path: `answers.${question.name}`, message });
      const value = answers[question.getValueName()];
      if (value !== undefined && !question.isVisible) fault('is answered, but was not to be asked');
      if (!question.isVisible) continue;
      const wrong = isEmpty(value) ? null : valueCheckOf(question)?.(value);
      if (wrong) fault(wrong);
      else question.errors.forEach((error) => fault(error.getText()));
    }
    return faults;
  };
}

/** Compiles the check of one questionnaire version; do it once per version. */
export function compileAnswersCheck(questionnaire: QuestionnaireJson): AnswersCheck {
  const model = new Model(questionnaire);
  if (wholeModelParts(model).length > 0) return wholeModelCheck(questionnaire);
  const questions = model
    .getAllQuestions(false, false, true)
    .filter((question) => question.hasInput)
    .map(checkedQuestion);
  return plainCheck(questions);
}
