import { mergeQuestionnaires, type Side } from '../../api/src/domain/questionnaire-merge.ts';

type Json = Record<string, any>;
const page = (...elements: object[]): Json => ({ pages: [{ name: 'p', elements }] });
const ask = (...names: string[]) => page(...names.map((name) => ({ type: 'text', name })));
const choose = (choices: unknown[], more: Json = {}) =>
  page({ type: 'radiogroup', name: 'q', choices, ...more });
const merged = (base: Json, mine: Json, theirs: Json, choices: Record<string, Side> = {}) => {
  const { questionnaire, conflicts } = mergeQuestionnaires(base, mine, theirs, choices);
  return {
    elements: (questionnaire as Json).pages[0].elements as Json[],
    questionnaire,
    conflicts,
  };
};
const names = (...sides: [Json, Json, Json, Record<string, Side>?]) => {
  const { elements, conflicts } = merged(...sides);
  return [elements.map(({ name }) => name).join(' '), conflicts.map(({ key }) => key).join(' ')];
};

describe('two orders of one list', () => {
  it('hold what either side added, behind what it stood behind', () => {
    expect(names(ask('a', 'b', 'c'), ask('a', 'm', 'b', 'c'), ask('a', 'c'))).toEqual([
      'a m c',
      '',
    ]);
    expect(names(ask('a', 'b'), ask('a', 'b', 'x'), ask('a', 'b', 'y'))).toEqual(['a b x y', '']);
    expect(names(ask('a', 'b'), ask('x', 'a', 'b'), ask('y', 'a', 'b'))).toEqual(['x y a b', '']);
    expect(names(ask('a'), ask('a', 'x'), ask('a', 'x'))).toEqual(['a x', '']);
    expect(names(ask(), ask('x'), ask())).toEqual(['x', '']);
  });

  it('stand as the side has it that changed it', () => {
    const base = ask('a', 'b', 'c');
    expect(names(base, ask('b', 'a', 'c', 'm'), ask('t', 'a', 'b', 'c'))).toEqual([
      't b a c m',
      '',
    ]);
    expect(names(base, ask('a', 'c'), ask('c', 'b', 'a', 't'))).toEqual(['c a t', '']);
    expect(names(base, ask('c', 'b', 'a', 'm'), ask('a', 'c'))).toEqual(['c a m', '']);
  });

  it('conflict where both changed it, each in its way', () => {
    const sides = [ask('a', 'b', 'c'), ask('c', 'b', 'a'), ask('b', 'a', 'c')] as const;
    expect(names(...sides)).toEqual(['c b a', 'page:p/elements']);
    expect(names(...sides, { 'page:p/elements': 'theirs' })).toEqual(['b a c', 'page:p/elements']);
    expect(merged(...sides).conflicts).toEqual([
      {
        key: 'page:p/elements',
        question: null,
        page: 'p',
        property: 'elements',
        language: null,
        base: ['question:a', 'question:b', 'question:c'],
        mine: ['question:c', 'question:b', 'question:a'],
        theirs: ['question:b', 'question:a', 'question:c'],
      },
    ]);
    const same = ask('c', 'b', 'a', 'x');
    expect(names(ask('a', 'b', 'c'), same, ask('c', 'b', 'a', 'y'))).toEqual(['c b a y x', '']);
  });

  it('are those of choices too', () => {
    const { elements, conflicts } = merged(
      choose(['a', 'b', 'c']),
      choose(['c', 'b', 'a']),
      choose(['a', 'b', 'c', 'd']),
    );
    expect(elements[0].choices).toEqual(['c', 'd', 'b', 'a']);
    expect(conflicts).toEqual([]);
  });
});

describe('a choice that one side removed', () => {
  const full = { value: 'a', text: { kk: 'A' } };
  const key = 'question:q/choices/a/';
  const was = { 'choices/a/': 'scalar', 'choices/a/value': 'a' };
  const now = { 'choices/a/': 'object', 'choices/a/value': 'a', 'choices/a/text@kk': 'A' };

  it('is gone where the other side left it as it was', () => {
    const removed = merged(choose(['a', 'b']), choose(['b']), choose(['a', 'b'], { title: 'x' }));
    expect(removed.elements).toEqual(choose(['b'], { title: 'x' }).pages[0].elements);
    expect(removed.conflicts).toEqual([]);
  });

  it.each<[string, Json, Json, object]>([
    ['they changed it', choose(['b']), choose([full, 'b']), { theirs: now }],
    ['I changed it', choose([full, 'b']), choose(['b']), { mine: now }],
  ])('stays until somebody chooses: %s', (_what, mine, theirs, sides) => {
    const found = merged(choose(['a', 'b']), mine, theirs);
    expect(found.elements[0].choices).toEqual(['b', full]);
    expect(found.conflicts).toEqual([
      {
        ...{ key, question: 'q', page: 'p', property: 'choices/a/', language: null, base: was },
        ...{ mine: undefined, theirs: undefined, ...sides },
      },
    ]);
    const chosen = (side: Side) =>
      merged(choose(['a', 'b']), mine, theirs, { [key]: side }).elements[0].choices.length;
    expect([chosen('mine'), chosen('theirs')]).toEqual('mine' in sides ? [2, 1] : [1, 2]);
  });
});

describe('one property that both changed', () => {
  const width = (value: string) => choose(['a'], { width: value });

  it('is mine until somebody chooses', () => {
    const { elements, conflicts } = merged(width('1'), width('2'), width('3'));
    expect(elements[0].width).toBe('2');
    expect(conflicts).toEqual([
      {
        ...{ key: 'question:q/width', question: 'q', page: 'p', property: 'width', language: null },
        ...{ base: '1', mine: '2', theirs: '3' },
      },
    ]);
    const chosen = merged(width('1'), width('2'), width('3'), { 'question:q/width': 'theirs' });
    expect(chosen.elements[0].width).toBe('3');
  });

  it('may be a text of the whole, or one that is not there on a side', () => {
    const titled = (title: object | undefined) => ({ ...ask('a'), ...(title && { title }) });
    const { conflicts } = merged(titled({ kk: '1' }), titled({ kk: '2' }), titled(undefined));
    expect(conflicts).toEqual([
      {
        ...{ key: 'whole/title@kk', question: null, page: null, property: 'title', language: 'kk' },
        ...{ base: '1', mine: '2', theirs: undefined },
      },
    ]);
  });
});

describe('a panel that one side removed and the other changed', () => {
  const box = (more: Json = {}) => ({
    ...{ type: 'panel', name: 'box', ...more },
    elements: [{ type: 'text', name: 'i' }],
  });
  const z = { type: 'text', name: 'z' };
  const [base, changed, without] = [page(box(), z), page(box({ title: { ru: 'x' } }), z), page(z)];

  it.each<[string, Json, Json, Side]>([
    ['I changed it', changed, without, 'mine'],
    ['they changed it', without, changed, 'theirs'],
  ])('stays until somebody chooses: %s', (_what, mine, theirs, keeper) => {
    const { elements, conflicts } = merged(base, mine, theirs);
    expect(elements.map(({ name }) => name).sort()).toEqual(['box', 'z']);
    const kept = [{ type: 'panel', name: 'box', 'title@ru': 'x' }, { elements: ['question:i'] }];
    expect(conflicts).toEqual([
      {
        ...{ key: 'panel:box/*', question: 'box', page: 'p', property: null, language: null },
        base: [{ type: 'panel', name: 'box' }, { elements: ['question:i'] }],
        ...{ mine: undefined, theirs: undefined, [keeper]: kept },
      },
    ]);
    const other = keeper === 'mine' ? 'theirs' : 'mine';
    const chosen = (side: Side) => names(base, mine, theirs, { 'panel:box/*': side })[0];
    expect(chosen(keeper).split(' ').sort()).toEqual(['box', 'z']);
    expect(chosen(other)).toBe('z');
  });

  it('goes where the other side left it as it was, and what was added inside goes to the first page', () => {
    expect(names(base, without, base)).toEqual(['z', '']);
    expect(names(base, base, without)).toEqual(['z', '']);
    const more = page({ ...box(), elements: [...box().elements, { type: 'text', name: 'n' }] }, z);
    const found = merged(base, without, more, { 'panel:box/*': 'mine' });
    expect(found.elements.map(({ name }) => name)).toEqual(['z', 'n']);
  });
});
