import {
  fromSpreadsheet,
  merged,
  newValue,
  typedValue,
  valueOf,
  withRenamedValue,
  withText,
  withValue,
} from '../model/choices.ts';
import type { DesignerStore } from '../model/designer-store.ts';
import { getAt, listOf, plainAt, setAt, type Path } from '../model/document.ts';
import { mainLanguageOf } from '@akimetr/api/domain/questionnaire-texts';

export interface ValueCommands {
  readonly add: () => void;
  readonly setValue: (place: number, typed: string) => void;
  readonly setText: (place: number, language: string, text: string) => void;
  readonly move: (place: number, by: 1 | -1) => void;
  readonly remove: (place: number) => void;
  /** From a spreadsheet: same values are replaced, the others come at the end. */
  readonly paste: (text: string) => void;
  readonly replace: (entries: readonly unknown[]) => void;
}

/** What can be done to one list of choices, rows or columns. */
export function valueCommands(store: DesignerStore, owner: Path, property: string): ValueCommands {
  const path = [...owner, property];
  const list = () => listOf(getAt(store.doc(), path));
  const put = (entries: readonly unknown[], typing?: string) =>
    store.change(setAt(store.doc(), path, entries.length > 0 ? entries : undefined), typing);
  const at = (place: number, entry: unknown) =>
    list().map((one, index) => (index === place ? entry : one));
  const stem = { rows: 'row', columns: 'column' }[property] ?? 'option';
  return {
    add: () => put([...list(), newValue(list(), stem)]),
    setValue: (place, typed) => {
      const from = valueOf(list()[place]);
      const to = typedValue(typed, list(), place);
      if (from === to) return;
      const listed = setAt(store.doc(), [...path, place], withValue(list()[place], to));
      const question = withRenamedValue(plainAt(listed, owner), property, from, to);
      store.change(setAt(listed, owner, question));
    },
    setText: (place, language, text) =>
      put(
        at(place, withText(list()[place], language, text, mainLanguageOf(store.doc()))),
        JSON.stringify([...path, place, language]),
      ),
    move: (place, by) => {
      const entries = [...list()];
      const [moved] = entries.splice(place, 1);
      if (moved === undefined || place + by < 0 || place + by > entries.length) return;
      entries.splice(place + by, 0, moved);
      put(entries);
    },
    remove: (place) => put(list().filter((_, index) => index !== place)),
    paste: (text) => put(merged(list(), fromSpreadsheet(text))),
    replace: put,
  };
}
