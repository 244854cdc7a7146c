import { canonicalJson } from '@akimetr/api/contracts/canonical-json';
import { findingsOf } from '@akimetr/api/domain/questionnaire-check';
import { textsOf } from '@akimetr/api/domain/questionnaire-texts';
import { toXlsForm } from '@akimetr/api/domain/xlsform/export';
import { createDraftKeeper } from '../../../web/src/features/designer/draft/draft-keeper.ts';
import { setProperty } from '../../../web/src/features/designer/model/commands.ts';
import { createDesignerStore } from '../../../web/src/features/designer/model/designer-store.ts';
import type { Doc } from '../../../web/src/features/designer/model/document.ts';
import { namesOf } from '../../../web/src/features/designer/model/names.ts';
import { flatOf, outlineOf } from '../../../web/src/features/designer/model/outline.ts';
import { aQuestionnaire } from '../../support/random-questionnaire.ts';
import { deed, perform } from './deeds.ts';
import fc from '../../support/fast-check.ts';

/** Whoever would change it in place fails there and then. */
function frozen<Node>(node: Node): Node {
  if (typeof node === 'object' && node !== null && !Object.isFrozen(node)) {
    Object.freeze(node);
    for (const child of Object.values(node)) frozen(child);
  }
  return node;
}

/** All that the designer's parts read of what is open. */
function readByEveryPart(doc: Doc): void {
  for (const { element } of flatOf(outlineOf(doc))) expect(element).toBeDefined();
  namesOf(doc);
  findingsOf(doc);
  textsOf(doc);
  toXlsForm(doc);
}

describe('any questionnaire in the designer', () => {
  it('is saved as it was opened when nothing is edited', async () => {
    await fc.assert(
      fc.asyncProperty(aQuestionnaire, async (questionnaire) => {
        const asOpened = canonicalJson(questionnaire);
        const store = createDesignerStore(frozen(questionnaire), () => 0);
        const scenarios: [] = [];
        let sent = '';
        const keeper = createDraftKeeper(
          1,
          () => ({ doc: store.doc(), scenarios }),
          ({ doc }) => {
            sent = JSON.stringify(doc);
            return Promise.resolve({ saved: 2 });
          },
        );
        store.subscribe(keeper.touch);
        readByEveryPart(store.doc());
        expect(await keeper.settle()).toBe(true);
        expect(sent).toBe('');
        // Something is written and taken back: what goes over the line is what was opened.
        store.run(setProperty(store.doc(), [], 'logo', 'x'));
        store.undo();
        store.run(setProperty(store.doc(), [], 'logo', 'y'));
        await keeper.settle();
        const { logo: _logo, ...rest } = JSON.parse(sent) as Doc;
        const { logo: _own, ...opened } = JSON.parse(asOpened) as Doc;
        expect(canonicalJson(rest)).toBe(canonicalJson(opened));
      }),
      { numRuns: 60 },
    );
  });

  it('is the very one that was opened after a hundred steps of any kind are taken back', () => {
    const steps = fc.array(deed, { minLength: 100, maxLength: 100 });
    fc.assert(
      fc.property(aQuestionnaire, steps, (questionnaire, deeds) => {
        const asOpened = JSON.stringify(questionnaire);
        const start = frozen(questionnaire);
        let now = 0;
        const store = createDesignerStore(start, () => (now += 60_000));
        for (const [number, one] of deeds.entries()) {
          const before = store.doc();
          store.run(perform(before, one));
          // What cannot be done here is replaced by a step that can.
          if (store.doc() === before) {
            store.run(setProperty(before, [], 'title', `step ${number}`));
          }
          frozen(store.doc());
        }
        expect(store.history().past).toHaveLength(100);
        const end = store.doc();
        for (let step = 0; step < 100; step += 1) store.undo();
        expect(store.history().past).toHaveLength(0);
        expect(store.doc()).toBe(start);
        expect(JSON.stringify(store.doc())).toBe(asOpened);
        for (let step = 0; step < 100; step += 1) store.redo();
        expect(store.doc()).toBe(end);
      }),
      { numRuns: 30 },
    );
  });
});
