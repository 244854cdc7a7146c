import { syntaxTree } from '@codemirror/language';
import type { Diagnostic } from '@codemirror/lint';
import type { EditorState } from '@codemirror/state';
import { Serializer } from 'survey-core';
import { classAt } from './json-places.ts';

export interface FaultWords {
  readonly unreadable: string;
  readonly notObject: string;
  readonly unknownType: (type: string) => string;
  readonly unknownProperty: (property: string, type: string) => string;
}

/** Properties that are ours or the questionnaire's own; survey-core does not know them. */
const ours = new Set([
  'indicator',
  'scoring',
  'missingValues',
  'code',
  'version',
  'levels',
  'privateBlock',
  'type',
]);

/** What is wrong with the text, each at its place: not JSON (error), a type or property nobody knows (warning). */
export function faultsIn(state: EditorState, words: FaultWords): Diagnostic[] {
  const broken = brokenAt(state, words);
  return broken ? [broken] : unknownsIn(state, words);
}

function brokenAt(state: EditorState, words: FaultWords): Diagnostic | null {
  try {
    const value: unknown = JSON.parse(state.doc.toString());
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject
      ? null
      : { from: 0, to: state.doc.length, severity: 'error', message: words.notObject };
  } catch {
    let at = state.doc.length;
    syntaxTree(state).iterate({
      enter: (node) => {
        if (node.type.isError && node.from < at) at = node.from;
      },
    });
    const line = state.doc.lineAt(Math.min(at, state.doc.length));
    return { from: line.from, to: line.to, severity: 'error', message: words.unreadable };
  }
}

function unknownsIn(state: EditorState, words: FaultWords): Diagnostic[] {
  const found: Diagnostic[] = [];
  syntaxTree(state).iterate({
    enter: ({ node }) => {
      if (node.name !== 'Object') return;
      const className = classAt(state, node);
      if (className === null) return;
      const known =
        Serializer.findClass(className) !== null && Serializer.findClass(className) !== undefined;
      for (const property of node.getChildren('Property')) {
        const key = property.getChild('PropertyName');
        const value = property.lastChild;
        if (!key || !value) continue;
        const name = state.sliceDoc(key.from + 1, key.to - 1);
        if (name === 'type' && !known) {
          const type = state.sliceDoc(value.from + 1, value.to - 1);
          found.push({
            from: value.from,
            to: value.to,
            severity: 'warning',
            message: words.unknownType(type),
          });
        } else if (known && !ours.has(name) && !Serializer.findProperty(className, name)) {
          found.push({
            from: key.from,
            to: key.to,
            severity: 'warning',
            message: words.unknownProperty(name, className),
          });
        }
      }
    },
  });
  return found;
}
