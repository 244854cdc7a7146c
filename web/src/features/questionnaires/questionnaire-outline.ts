import { localText as localTextSchema } from '@akimetr/api/contracts/common';
import type { LocalText } from '@akimetr/api/contracts/common';
import type { QuestionnaireJson } from '@akimetr/api/contracts/questionnaires';
import { questionsOf } from '@akimetr/api/domain/questionnaire-json';

export interface OutlineQuestion {
  name: string;
  title: LocalText | null;
  type: string;
  indicator: string | null;
  choices: { value: string; title: LocalText | null }[];
}

export interface OutlinePage {
  title: LocalText | null;
  questions: OutlineQuestion[];
}

type Plain = Record<string, unknown>;
const listOf = (value: unknown): Plain[] => (Array.isArray(value) ? (value as Plain[]) : []);
const wordsOf = (value: unknown): LocalText | null => {
  const parsed = localTextSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  return typeof value === 'string' && value !== '' ? { kk: value, ru: value, en: value } : null;
};
const nameOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : '';

/** What a questionnaire asks, page by page, in words; how it is shown and skipped is left out. */
export function outlineOf(questionnaire: QuestionnaireJson): OutlinePage[] {
  const pages = listOf(questionnaire.pages);
  return (pages.length > 0 ? pages : [questionnaire]).map((page) => ({
    title: wordsOf(page.title),
    questions: questionsOf({ pages: [page] }).map(({ question }) => ({
      name: nameOf(question.name),
      title: wordsOf(question.title),
      type: nameOf(question.type),
      indicator: nameOf(question.indicator) || null,
      choices: choicesOf(question),
    })),
  }));
}

function choicesOf(question: Plain): OutlineQuestion['choices'] {
  if (question.type === 'boolean') {
    return [
      { value: 'true', title: wordsOf(question.labelTrue) },
      { value: 'false', title: wordsOf(question.labelFalse) },
    ];
  }
  const choices = Array.isArray(question.choices) ? (question.choices as unknown[]) : [];
  return choices.map((choice) =>
    typeof choice === 'object' && choice !== null
      ? { value: nameOf((choice as Plain).value), title: wordsOf((choice as Plain).text) }
      : { value: nameOf(choice), title: null },
  );
}
