import { Serializer, type Base, type LocalizableString, type SurveyModel } from 'survey-core';

export const languages = ['en', 'kk', 'ru'] as const;

/** A text that a person sees, and where it stands: `questionnaire/page/question.title`. */
export interface Text {
  readonly where: string;
  readonly value: LocalizableString;
}

const localizable = (object: Base) =>
  Serializer.getPropertiesByObj(object).filter(
    (property) => property.isLocalizable && property.serializationProperty,
  );

const stringsOf = (where: string, object: Base): Text[] =>
  localizable(object).map((property) => ({
    where: `${where}.${property.name}`,
    value: (object as unknown as Record<string, LocalizableString>)[property.serializationProperty],
  }));

/** Objects inside a survey object, found through survey-core's own metadata: pages, questions, choices, rows … */
const childrenOf = (object: Base): Base[] =>
  Serializer.getPropertiesByObj(object).flatMap((property) => {
    const value: unknown = (object as unknown as Record<string, unknown>)[property.name];
    return Array.isArray(value)
      ? value.filter(
          (child): child is Base => typeof (child as Base | null)?.getType === 'function',
        )
      : [];
  });

/** Every text that was written, in the order of the questionnaire. */
export function everyText(root: SurveyModel): Text[] {
  const texts: Text[] = [];
  const visit = (where: string, object: Base) => {
    texts.push(...stringsOf(where, object));
    for (const child of childrenOf(object)) {
      const { name, value } = child as unknown as { name?: string; value?: unknown };
      visit(`${where}/${name || String(value)}`, child);
    }
  };
  visit('questionnaire', root);
  return texts.filter(({ value }) => !value.isEmpty);
}
