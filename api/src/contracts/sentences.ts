/** Sentences with places to fill in: said in English by the server, read back by the web to say them in another language. */

type Places<Text extends string> = Text extends `${string}{${infer Place}}${infer Rest}`
  ? Place | Places<Rest>
  : never;

/** What must be given to say a sentence; nothing where it has no places. */
export type ValuesOf<Text extends string> =
  Places<Text> extends never ? [] : [Record<Places<Text>, string | number>];

const place = /\{(\w+)\}/g;

/** The sentence with its places filled. @example fill('at most {most}', { most: 5 }) → 'at most 5' */
export const fill = (
  text: string,
  values: Readonly<Record<string, string | number>> = {},
): string => text.replace(place, (_, name: string) => String(values[name]));

/**
 * Reads sentences back.
 * @returns which of the table a sentence is and what stands in its places; null for one that is none of them
 */
export function reader<Code extends string>(
  table: Readonly<Record<Code, string>>,
): (sentence: string) => { code: Code; values: Record<string, string> } | null {
  const heard = (Object.entries(table) as [Code, string][]).map(([code, text]) => {
    const parts = text.split(/\{\w+\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    const names = [...text.matchAll(place)].map(([, name]) => name!);
    return { code, names, pattern: new RegExp(`^${parts.join('(.+?)')}$`, 's') };
  });
  return (sentence) => {
    for (const { code, names, pattern } of heard) {
      const found = pattern.exec(sentence);
      if (found === null) continue;
      return { code, values: Object.fromEntries(names.map((name, at) => [name, found[at + 1]!])) };
    }
    return null;
  };
}
