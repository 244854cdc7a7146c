import { useCallback } from 'react';
import { unsegment } from '@akimetr/api/domain/questionnaire-parts';
import { useLabels } from './labels.ts';

/** Names of a text's property and of the entry it belongs to: `choices/yes/text` → choices, yes, text. */
export const stepsOf = (property: string): string[] => property.split('/').map(unsegment);

/** A property of a question in words: “Text”, “Choices: yes”, “Columns: when / done”, “Checks 2, Expression”. */
export function useTextName(): (property: string) => string {
  const labels = useLabels();
  return useCallback(
    (property) => {
      const numbered = /^(\w+)\.(\d+)\.(\w+)$/.exec(property);
      if (numbered) {
        const [, part = '', place, inner = ''] = numbered;
        return `${labels.property(part)} ${Number(place) + 1}, ${labels.property(inner)}`;
      }
      const [first = '', ...rest] = stepsOf(property.replace(/@.*$/, '').replace(/\/$/, ''));
      const last = rest.length % 2 === 0 ? rest.at(-1) : undefined;
      const inside = (last === undefined ? rest : rest.slice(0, -1)).map((step) =>
        step.replace(/^=/, ''),
      );
      const list = labels.property(first);
      if (inside.length === 0) return list;
      const plainly = last === undefined || last === 'text' || last === 'title';
      return `${list}: ${inside.join(' / ')}${plainly ? '' : `, ${labels.property(last)}`}`;
    },
    [labels],
  );
}
