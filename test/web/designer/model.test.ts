import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  duplicate,
  move,
  rename,
  setProperty,
} from '../../../web/src/features/designer/model/commands.ts';
import { getAt, setAt, type Doc } from '../../../web/src/features/designer/model/document.ts';
import { begin, commit, redo, undo } from '../../../web/src/features/designer/model/history.ts';
import { namesOf } from '../../../web/src/features/designer/model/names.ts';
import { flatOf, outlineOf } from '../../../web/src/features/designer/model/outline.ts';
import { deed, perform } from './deeds.ts';
import fc from '../../support/fast-check.ts';

const text = readFileSync(join(process.cwd(), 'surveys/akim-district.json'), 'utf8');
const shipped = () => JSON.parse(text) as Doc;

const small = (): Doc => ({
  unknown: { kept: [1, null] },
  pages: [
    {
      name: 'first',
      elements: [
        { type: 'text', name: 'age', title: 'Age' },
        { type: 'panel', name: 'box', elements: [{ type: 'comment', name: 'remark' }] },
      ],
    },
    {
      name: 'second',
      elements: [
        { type: 'html', name: 'words', html: 'You are {age} years old, {ageless} one' },
        {
          type: 'text',
          name: 'wage',
          visibleIf: '{age} > 17 and {box.age} < 3 and {AGE} notempty',
        },
      ],
    },
  ],
});
const names = (doc: Doc) => flatOf(outlineOf(doc)).map(({ name }) => name);

describe('the model of a questionnaire in the designer', () => {
  it('leaves the shipped questionnaire as it is when nothing is edited', () => {
    const doc = shipped();
    outlineOf(doc);
    namesOf(doc);
    expect(setAt(doc, ['pages', 1, 'elements', 0, 'name'], 'settlement')).toBe(doc);
    expect(JSON.stringify(doc)).toBe(JSON.stringify(JSON.parse(text)));
  });

  it('shares what a change does not touch, and remembers its branches', () => {
    const doc = small();
    const before = outlineOf(doc);
    const { doc: next } = setProperty(doc, ['pages', 1, 'elements', 1], 'title', 'Wage');
    expect(next.unknown).toBe(doc.unknown);
    expect(getAt(next, ['pages', 0])).toBe(getAt(doc, ['pages', 0]));
    expect(outlineOf(next)[0]).toBe(before[0]);
    expect(outlineOf(next)[1]).not.toBe(before[1]);
  });

  it('moves a question to another page, behind itself, and into a panel', () => {
    const across = move(small(), ['pages', 0, 'elements', 0], ['pages', 1, 'elements'], 1);
    expect(names(across!.doc)).toEqual([
      'first',
      'box',
      'remark',
      'second',
      'words',
      'age',
      'wage',
    ]);
    expect(across!.selected).toEqual(['pages', 1, 'elements', 1]);
    const behind = move(small(), ['pages', 0, 'elements', 0], ['pages', 0, 'elements'], 2);
    expect(names(behind!.doc).slice(0, 4)).toEqual(['first', 'box', 'remark', 'age']);
    expect(behind!.selected).toEqual(['pages', 0, 'elements', 1]);
    const into = move(
      small(),
      ['pages', 0, 'elements', 0],
      ['pages', 0, 'elements', 1, 'elements'],
      0,
    );
    expect(getAt(into!.doc, into!.selected)).toMatchObject({ name: 'age' });
  });

  it('does not move a panel into itself', () => {
    const box = ['pages', 0, 'elements', 1];
    expect(move(small(), box, [...box, 'elements'], 0)).toBeNull();
  });

  it('renames a question in everything that names it, and in nothing else', () => {
    const { doc } = rename(small(), ['pages', 0, 'elements', 0], 'years')!;
    const [html, wage] = getAt(doc, ['pages', 1, 'elements']) as Record<string, string>[];
    expect(html.html).toBe('You are {years} years old, {ageless} one');
    expect(wage.visibleIf).toBe('{years} > 17 and {box.age} < 3 and {years} notempty');
    expect(wage.name).toBe('wage');
  });

  it('refuses a name that is taken', () => {
    expect(rename(small(), ['pages', 0, 'elements', 0], 'wage')).toBeNull();
  });

  it('gives a copy of a panel names of its own, and what it says of itself follows', () => {
    const doc = setAt(small(), ['pages', 0, 'elements', 1, 'elements', 1], {
      type: 'text',
      name: 'why',
      visibleIf: '{remark} notempty and {age} > 1',
    });
    const { doc: next, selected } = duplicate(doc, ['pages', 0, 'elements', 1]);
    expect(getAt(next, selected)).toEqual({
      type: 'panel',
      name: 'box_2',
      elements: [
        { type: 'comment', name: 'remark_2' },
        { type: 'text', name: 'why_2', visibleIf: '{remark_2} notempty and {age} > 1' },
      ],
    });
  });

  it('shows questions that stand on no page', () => {
    const doc: Doc = { elements: [{ type: 'text', name: 'alone' }] };
    expect(names(doc)).toEqual(['', 'alone']);
  });
});

describe('undo of everything', () => {
  it('any sequence of commands can be taken back to the very start and done again to the very end', () => {
    fc.assert(
      fc.property(fc.array(deed, { minLength: 1, maxLength: 150 }), (deeds) => {
        const start = small();
        const asWritten = JSON.stringify(start);
        let history = begin(start, '[]');
        for (const one of deeds) {
          const outcome = perform(history.present.doc, one);
          if (outcome) history = commit(history, { doc: outcome.doc, selected: '[]' });
        }
        const end = history.present.doc;
        for (let back = undo(history); back; back = undo(history)) history = back;
        expect(history.present.doc).toBe(start);
        expect(JSON.stringify(start)).toBe(asWritten);
        for (let on = redo(history); on; on = redo(history)) history = on;
        expect(history.present.doc).toBe(end);
      }),
      { numRuns: 100 },
    );
  });

  it('no command makes a name twice, nor loses a question it did not take away', () => {
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 40 }), (deeds) => {
        let doc = small();
        for (const one of deeds) {
          const before = names(doc).length;
          doc = perform(doc, one)?.doc ?? doc;
          // Where nothing is left, whatever is asked for adds a page.
          if (before > 0 && ['move', 'set', 'rename'].includes(one.kind)) {
            expect(names(doc)).toHaveLength(before);
          }
          const all = names(doc).filter((name) => name !== '');
          expect(new Set(all).size).toBe(all.length);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('takes back 100 steps and more, and what is typed in one go in one step', () => {
    let history = begin(small(), '[]');
    const path = ['pages', 0, 'elements', 0];
    for (let step = 0; step < 200; step += 1) {
      const { doc } = setProperty(history.present.doc, path, 'title', `step ${step}`);
      history = commit(history, { doc, selected: '[]' });
    }
    expect(history.past).toHaveLength(200);
    for (const [index, typed] of ['T', 'Ti', 'Tit'].entries()) {
      const { doc } = setProperty(history.present.doc, path, 'title', typed);
      history = commit(history, { doc, selected: '[]' }, { into: 'title', atMs: index * 200 });
    }
    expect(history.past).toHaveLength(201);
    const { doc } = setProperty(history.present.doc, path, 'title', 'after a pause');
    history = commit(history, { doc, selected: '[]' }, { into: 'title', atMs: 9_000 });
    expect(history.past).toHaveLength(202);
  });
});
