import { ConditionRunner, Model, type Question, type SurveyValidator } from 'survey-core';
import { faultMessage } from '../contracts/fault-messages.ts';
import type { FieldFault } from '../contracts/problem.ts';
import type { QuestionnaireJson } from '../contracts/questionnaires.ts';
import { isEmpty, valueCheckOf, type ValueCheck } from './answer-values.ts';
import { quietly } from './survey-console.ts';
import { registerOurProperties } from './survey-properties.ts';
import { containersOf, wholeModelParts, type Container } from './whole-model-parts.ts';

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

interface CheckedQuestion {
  name: string;
  isVisible: (answers: Answers) => boolean;
  isRequired: (answers: Answers) => boolean;
  /** Whether the value is one that the question can give. */
  valueFault: ValueCheck;
  validatorFaults: (value: unknown, answers: Answers) => string[];
}

/** Expressions are compiled once and run on the answers alone. */
function condition(expression: string): (answers: Answers) => boolean {
  if (expression === '') return () => true;
  const runner = new ConditionRunner(expression);
  return (answers) => runner.runValues({ ...answers }) === true;
}

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
      holds(answers) ? null : faultMessage('condition_unmet');
  }
  return (value: unknown) =>
    validator.validate(value, name)?.error
      ? faultMessage('check_failed', { check: validator.getType() })
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
    .map((name) => ({
      path: `answers.${name.slice(0, 100)}`,
      message: faultMessage('no_question'),
    }));
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
    if (value !== undefined) faults.push(faultOf(name, faultMessage('not_to_be_asked')));
    return;
  }
  if (isEmpty(value)) {
    if (question.isRequired(answers)) faults.push(faultOf(name, faultMessage('required')));
    else if (value !== undefined) faults.push(faultOf(name, faultMessage('empty_answer')));
    else addValidatorFaults(question, value, answers, faults);
    return;
  }
  const wrong = question.valueFault(value);
  if (wrong !== null) faults.push(faultOf(name, wrong));
  else addValidatorFaults(question, value, answers, faults);
}

/** A condition may forbid that there is no answer; the other validators let none pass. */
function addValidatorFaults(
  { name, validatorFaults }: CheckedQuestion,
  value: unknown,
  answers: Answers,
  faults: FieldFault[],
): void {
  for (const message of validatorFaults(value, answers)) faults.push(faultOf(name, message));
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
  return (answers) =>
    quietly(() => {
      const model = new Model(questionnaire);
      const questions = model.getAllQuestions(false, false, false);
      const faults = unknownNames(answers, valueNamesOf(model, questions));
      try {
        // It keeps what it is given, and changes it.
        model.data = JSON.parse(JSON.stringify(answers)) as Record<string, unknown>;
        model.validate(true, false);
      } catch {
        // A value of a kind that it does not expect, as text where a grid belongs.
        return [...faults, { path: 'answers', message: faultMessage('unreadable_answers') }];
      }
      faults.push(...containersOf(model).flatMap(containerFaults));
      faults.push(...questions.flatMap((question) => modelQuestionFaults(question, answers)));
      return faults;
    });
}

/** Names under which a Model may hold a value. */
function valueNamesOf(model: Model, questions: readonly Question[]): Set<string> {
  return new Set([
    ...questions
      .map((question) => question.getValueName())
      .flatMap((name) => [name, `${name}-Comment`]),
    ...model.calculatedValues.map(({ name }) => name),
  ]);
}

/** What survey-core says of a page or panel itself, as that one of its questions must be answered. */
function containerFaults({ name, isVisible, errors }: Container): FieldFault[] {
  return isVisible ? errors.map((error) => faultOf(name, error.getText())) : [];
}

function modelQuestionFaults(question: Question, answers: Answers): FieldFault[] {
  const { name, isVisible } = question;
  const value = answers[question.getValueName()];
  if (!isVisible) {
    return value === undefined ? [] : [faultOf(name, faultMessage('not_to_be_asked'))];
  }
  const wrong = isEmpty(value) ? null : valueCheckOf(question)?.(value);
  return wrong
    ? [faultOf(name, wrong)]
    : question.getAllErrors().map((error) => faultOf(name, error.getText()));
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
