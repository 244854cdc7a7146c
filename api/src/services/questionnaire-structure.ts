import { Model, Serializer, type JsonError } from 'survey-core';
import type { QuestionnaireFault, QuestionnaireJson } from '../contracts/questionnaires.ts';
import { placeOf } from '../domain/questionnaire-check.ts';
import { questionsOf } from '../domain/questionnaire-json.ts';
import { finding } from '../domain/questionnaire-messages.ts';
import { splitQuestionnaire } from '../domain/questionnaire-parts.ts';
import { silentTypes } from '../domain/questionnaire-properties.ts';
import { quietly } from './survey-console.ts';
import { wholeModelParts } from './whole-model-parts.ts';

/** Number of questions that take an answer. */
export function countQuestions(questionnaire: QuestionnaireJson): number {
  return questionsOf(questionnaire).filter(
    ({ question }) => !silentTypes.has(String(question.type)),
  ).length;
}

/** What only survey-core can tell: whether it reads the questionnaire, and which parts of it it does not know. */
export function structureFaults(questionnaire: QuestionnaireJson): QuestionnaireFault[] {
  let model: Model;
  try {
    model = quietly(() => new Model(structuredClone(questionnaire)));
  } catch (error) {
    return [finding('unreadable', 'error', {}, { reason: (error as Error).message })];
  }
  const slow = wholeModelParts(model);
  return [
    ...unknownTypes(questionnaire),
    ...(model.jsonErrors ?? []).map((error) => jsonFault(error)),
    ...(slow.length > 0 ? [finding('slow_parts', 'warning', {}, { parts: slow.join(', ') })] : []),
  ];
}

/** survey-core's complaint, with the question it is about where it says so. */
function jsonFault(error: JsonError): QuestionnaireFault {
  const { name } = (error.element ?? {}) as { name?: unknown };
  const question = typeof name === 'string' && name !== '' ? name : null;
  return finding('json_error', 'error', { question }, { reason: error.message });
}

function unknownTypes(questionnaire: QuestionnaireJson): QuestionnaireFault[] {
  return [...splitQuestionnaire(questionnaire).values()].flatMap((part) => {
    const type = String(part.facts.get('type'));
    if (part.kind !== 'question' || Serializer.findClass(type)) return [];
    return [finding('unknown_type', 'error', placeOf(part, 'type'), { type: type.slice(0, 50) })];
  });
}
