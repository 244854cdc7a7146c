import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { Serializer } from 'survey-core';
import type { JsonObjectProperty } from 'survey-core';
import { everyType as typesOfElements } from '../structure/question-types.ts';
import { placeAt, type Place } from './json-places.ts';

/** Our own properties of a question, beside those that survey-core knows. */
const own = ['indicator', 'scoring', 'missingValues'];

/** Offers the names and values that survey-core's metadata knows for the place of the cursor. */
export function completeJson(context: CompletionContext): CompletionResult | null {
  const place = placeAt(context.state, context.pos);
  if (!place) return null;
  if (place.from === context.pos && !context.explicit) return null;
  const options = place.kind === 'key' ? keysFor(place) : valuesFor(place);
  return options.length > 0 ? { from: place.from, to: place.to, options, filter: true } : null;
}

const quoted = (label: string, after = ''): Completion => ({
  label: `"${label}"`,
  apply: `"${label}"${after}`,
});

function keysFor({ className, present, list }: Place): Completion[] {
  const names = Serializer.getProperties(className).map(({ name }) => name);
  const isQuestion = Serializer.isDescendantOf(className, 'question');
  const typed = isQuestion || ['elements', 'validators', 'triggers'].includes(list);
  const all = [...(typed ? ['type'] : []), ...names, ...(isQuestion ? own : [])];
  return [...new Set(all)]
    .filter((name) => !present.includes(name))
    .map((name) => quoted(name, ': '));
}

function valuesFor({ className, property, list }: Place): Completion[] {
  if (property === 'type') return typesIn(list).map((type) => quoted(type));
  const found = Serializer.findProperty(className, property) as JsonObjectProperty | null;
  if (!found) return [];
  if (found.type === 'boolean' || found.type === 'switch') {
    return ['true', 'false'].map((label) => ({ label }));
  }
  const choices: unknown = found.hasChoices ? found.choices : null;
  if (!Array.isArray(choices)) return [];
  return choices.flatMap((choice: unknown): Completion[] => {
    const value =
      typeof choice === 'object' && choice !== null
        ? (choice as { value?: unknown }).value
        : choice;
    if (typeof value === 'string') return [quoted(value)];
    return typeof value === 'number' || typeof value === 'boolean'
      ? [{ label: String(value) }]
      : [];
  });
}

function typesIn(list: string): string[] {
  if (list === 'validators' || list === 'triggers') {
    const suffix = list === 'validators' ? 'validator' : 'trigger';
    return Serializer.getChildrenClasses(`survey${suffix}`, true).map(({ name }) =>
      name.replace(new RegExp(`${suffix}$`), ''),
    );
  }
  return [...typesOfElements];
}
