import type { Model } from 'survey-core';
import type { QuestionnaireJson } from '@akimetr/api/contracts/questionnaires';

/** Properties by which a question follows other answers: conditions, expressions, choices and bindings from elsewhere. */
const following = /If$|[eE]xpression$|^(choicesFromQuestion|choicesByUrl|bindings)$/;
/** Words in a text that an answer may change: any in braces but the two that speak of the akim. */
const wordOfAnAnswer = /\{(?!(?:office|territory)\})[^{}]+\}/;

/** What survey-core calls of itself at every answer; its types keep it private. */
interface WithChoices {
  updateItemIsPanelShowing?: (choice: { readonly hasElements?: boolean } | undefined) => void;
}
interface Inside {
  readonly isRunningConditions: boolean;
  readonly questionTriggersKeys: Json | undefined;
  runQuestionsTriggers: (name: string, value: unknown) => void;
  notifyElementsOnAnyValueOrVariableChanged: (name: string, questionName?: string) => void;
}

const peace = {
  runCondition: () => undefined,
  checkBindings: () => undefined,
  onAnyValueChanged: () => undefined,
};

/**
 * At every answer survey-core goes through every question: its conditions, triggers, choices and texts. Those that
 * follow no answer are left in peace here, which is nearly all of them: on a slow tablet most of the time from a touch
 * to the saved answer went there. What is asked, and in which words, stays the same.
 * @param questionnaire what the survey was made of
 */
export function quietQuestions(survey: Model, questionnaire: QuestionnaireJson): void {
  const named = namesThatFollow(questionnaire);
  const questions = survey.getAllQuestions();
  const followers = questions.filter(({ name }) => named.has(name));
  for (const question of questions) {
    if (!named.has(question.name)) Object.assign(question, peace);
    openNoEmptyPanels(question as WithChoices);
  }
  for (const page of childrenOf({ pages: questionnaire.pages }) ?? []) {
    if (followsAnswers(page)) continue;
    Object.assign(survey.getPageByName(page.name as string), { runCondition: peace.runCondition });
  }
  const inside = survey as unknown as Inside;
  inside.runQuestionsTriggers = (name, value) => {
    for (const question of followers) {
      question.runTriggers(name, value, inside.questionTriggersKeys);
    }
  };
  if (hasWordOfAnAnswer(questionnaire)) return;
  const notifyAll = inside.notifyElementsOnAnyValueOrVariableChanged.bind(survey);
  inside.notifyElementsOnAnyValueOrVariableChanged = (name, questionName) => {
    // A variable or the language is another, or conditions have set values: texts are made anew.
    if (questionName === undefined || inside.isRunningConditions) notifyAll(name, questionName);
    else for (const question of followers) question.onAnyValueChanged(name, questionName);
  };
}

/** Each answer makes a panel for every choice, to say that it is hidden; only a choice with questions of its own has one to show. */
function openNoEmptyPanels(question: WithChoices): void {
  const update = question.updateItemIsPanelShowing?.bind(question);
  if (!update) return;
  question.updateItemIsPanelShowing = (choice) => {
    if (choice?.hasElements) update(choice);
  };
}

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;

/** Where pages, panels and questions stand; older questionnaires have some of them elsewhere. */
const childrenOf = ({ pages, elements, questions }: Json): Json[] | null => {
  const lists = [pages, elements, questions].filter((list) => Array.isArray(list));
  return lists.length === 0 ? null : lists.flat().filter(isObject);
};

/** Names of questions that follow an answer in any part. */
function namesThatFollow(container: Json): Set<unknown> {
  const names = new Set<unknown>();
  for (const child of childrenOf(container) ?? []) {
    if (childrenOf(child)) for (const name of namesThatFollow(child)) names.add(name);
    else if (followsAnswers(child)) names.add(child.name);
  }
  return names;
}

const followsAnswers = (part: unknown): boolean =>
  isObject(part)
    ? Object.entries(part).some(([key, value]) => following.test(key) || followsAnswers(value))
    : typeof part === 'string' && wordOfAnAnswer.test(part);

/** Whether any text of a questionnaire repeats an answer; conditions are no texts. */
const hasWordOfAnAnswer = (part: unknown): boolean =>
  isObject(part)
    ? Object.entries(part).some(([key, value]) => !following.test(key) && hasWordOfAnAnswer(value))
    : typeof part === 'string' && wordOfAnAnswer.test(part);
