import { Model, Serializer } from 'survey-core';
import type { QuestionnaireFault, QuestionnaireJson } from '../contracts/questionnaires.ts';
import { locales } from '../contracts/common.ts';
import { questionsOf } from '../domain/questionnaire-json.ts';
import { wholeModelParts } from './whole-model-parts.ts';

const questionName = /^[a-z][a-z0-9_]{0,63}$/;
const translated = ['title', 'description', 'html', 'text', 'labelTrue', 'labelFalse'];

/** Number of questions that take an answer. */
export function countQuestions(questionnaire: QuestionnaireJson): number {
  const silent = ['html', 'image', 'expression'];
  return questionsOf(questionnaire).filter(
    ({ question }) => !silent.includes(String(question.type)),
  ).length;
}

/** Faults in what the questionnaire is made of: unknown parts, names, languages. */
export function structureFaults(questionnaire: QuestionnaireJson): QuestionnaireFault[] {
  const faults: QuestionnaireFault[] = [];
  let model: Model;
  try {
    model = new Model(structuredClone(questionnaire));
  } catch (error) {
    const message = `survey-core cannot read it: ${(error as Error).message}`;
    return [{ question: null, message, severity: 'error' }];
  }
  for (const error of model.jsonErrors ?? []) {
    faults.push({ question: null, message: error.message, severity: 'error' });
  }
  if (countQuestions(questionnaire) === 0) {
    faults.push({ question: null, message: 'there is no question', severity: 'error' });
  }
  faults.push(...nameFaults(questionnaire), ...languageFaults(questionnaire));
  const slow = wholeModelParts(model);
  if (slow.length > 0) {
    faults.push({
      question: null,
      message: `these parts make the server's check of each interview much slower: ${slow.join(', ')}`,
      severity: 'warning',
    });
  }
  return faults;
}

function nameFaults(questionnaire: QuestionnaireJson): QuestionnaireFault[] {
  const seen = new Set<string>();
  return questionsOf(questionnaire).flatMap(({ question }) => {
    const name = typeof question.name === 'string' ? question.name : '';
    const fault = (message: string) => [{ question: name, message, severity: 'error' as const }];
    if (!Serializer.findClass(String(question.type))) {
      return fault(`there is no question type "${String(question.type).slice(0, 50)}"`);
    }
    if (!questionName.test(name)) return fault('the name must be lower_snake_case');
    if (seen.has(name)) return fault('another question has the same name');
    seen.add(name);
    return [];
  });
}

/** Texts that are not there in all three languages, with the question they stand in. */
function languageFaults(questionnaire: QuestionnaireJson): QuestionnaireFault[] {
  const faults: QuestionnaireFault[] = [];
  const visit = (node: unknown, question: string | null): void => {
    if (Array.isArray(node)) return node.forEach((child) => visit(child, question));
    if (typeof node !== 'object' || node === null) return;
    const members = node as Record<string, unknown>;
    const inside =
      typeof members.type === 'string' && typeof members.name === 'string'
        ? members.name
        : question;
    for (const [key, value] of Object.entries(members)) {
      if (translated.includes(key) && value !== '') {
        const missing = missingLanguages(value);
        if (missing.length > 0) {
          const message = `${key}: missing in ${missing.join(', ')}`;
          faults.push({ question: inside, message, severity: 'error' });
        }
      } else visit(value, inside);
    }
  };
  visit(questionnaire.pages ?? questionnaire.elements, null);
  return faults;
}

function missingLanguages(text: unknown): string[] {
  if (typeof text === 'string') return [...locales];
  if (typeof text !== 'object' || text === null) return [];
  const texts = text as Record<string, unknown>;
  return locales.filter((locale) => typeof texts[locale] !== 'string' || texts[locale] === '');
}
