import {
  addElement,
  addPage,
  duplicate,
  move,
  remove,
  rename,
  setProperty,
  type Outcome,
} from '../../../web/src/features/designer/model/commands.ts';
import type { Doc } from '../../../web/src/features/designer/model/document.ts';
import { flatOf, outlineOf } from '../../../web/src/features/designer/model/outline.ts';
import fc from '../../support/fast-check.ts';

/** One random deed; what it cannot do it leaves. */
export const deed = fc.record({
  kind: fc.constantFrom('page', 'add', 'move', 'copy', 'remove', 'set', 'rename'),
  from: fc.nat(),
  to: fc.nat(),
  place: fc.nat(6),
  word: fc.constantFrom('age', 'wage', 'new', '__proto__', 'a b', ''),
});

type Deed = typeof deed extends fc.Arbitrary<infer One> ? One : never;

/** Does it; null where it cannot be done. */
export function perform(doc: Doc, { kind, from, to, place, word }: Deed): Outcome | null {
  const branches = flatOf(outlineOf(doc));
  const some = branches.length > 0 ? branches[from % branches.length] : undefined;
  const lists = branches.flatMap(({ listPath }) => (listPath ? [listPath] : []));
  const list = lists.length > 0 ? lists[to % lists.length] : undefined;
  if (kind === 'page' || !some || !list) return addPage(doc, place);
  if (kind === 'add') return addElement(doc, list, place, { type: 'text', name: word || 'q' });
  if (kind === 'move') return some.kind === 'page' ? null : move(doc, some.path, list, place);
  if (kind === 'copy') return duplicate(doc, some.path);
  if (kind === 'remove') return remove(doc, some.path);
  if (kind === 'set') return setProperty(doc, some.path, 'title', word || undefined);
  return rename(doc, some.path, word);
}
