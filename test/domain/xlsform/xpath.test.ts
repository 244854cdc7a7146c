import { printExpression } from '../../../api/src/domain/expression-print.ts';
import { parseExpression, type Expression } from '../../../api/src/domain/expressions.ts';
import { toXlsForm } from '../../../api/src/domain/xlsform/export.ts';
import { Untranslatable } from '../../../api/src/domain/xlsform/messages.ts';
import { fromXPath } from '../../../api/src/domain/xlsform/read-expression.ts';
import { toXPath } from '../../../api/src/domain/xlsform/write-expression.ts';

const names = {
  question: (name: string) => (['a', 'b', 'many', 'yes'].includes(name) ? name : null),
  isList: (name: string) => name === 'many',
  isBoolean: (name: string) => name === 'yes',
  column: (name: string) => (name === 'region' ? 'north' : name === 'blank' ? '' : null),
  self: 'b' as string | null,
};
/** What comes of it, or why nothing does. */
function outcome(work: () => string): string {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Untranslatable)) throw error;
    return `${error.code} ${JSON.stringify(error.params)}`;
  }
}
const read = (xpath: string, scope = names) =>
  outcome(() => printExpression(fromXPath(xpath, scope)));
const tree = (ours: string): Expression => {
  const parsed = parseExpression(ours);
  if (!('expression' in parsed)) throw new Error(`cannot be read: ${ours}`);
  return parsed.expression;
};
const written = (ours: string | Expression) =>
  outcome(() => toXPath(typeof ours === 'string' ? tree(ours) : ours, names));

describe('XPath as an expression', () => {
  it.each([
    ['1.25 + -2 * 3', '1.25 + -2 * 3'],
    ['1.255 < 12', '1.255 < 12'],
    ['(1 + 2) * 3 div 4 mod 5', '(1 + 2) * 3 / 4 % 5'],
    ['${ a } = "x"', "{a} = 'x'"],
    ["'x' = ${a}", "{a} = 'x'"],
    ["'x' != 'y'", "'x' != 'y'"],
    ['${a} = ${b}', '{a} = {b}'],
    ["${a} = ''", '{a} empty'],
    ["'' != ${a}", '{a} notempty'],
    ["${a} > ''", "{a} > ''"],
    ["1 + 1 = ''", "1 + 1 = ''"],
    ["${yes} = 'true'", '{yes} = true'],
    ["${yes} != 'false'", '{yes} != false'],
    ["${yes} = 'maybe'", "{yes} = 'maybe'"],
    ["${a} = 'true'", "{a} = 'true'"],
    ['. >= 5', '{b} >= 5'],
    ['.>=5 and .<9', '{b} >= 5 and {b} < 9'],
    ['true() or false()', 'true or false'],
    ['not( ${a} > 1 )', '!({a} > 1)'],
    ["selected(${many}, 'x')", "{many} contains 'x'"],
    ["selected(${a}, 'x')", "{a} = 'x'"],
    ["contains(${a}, 'x')", "{a} contains 'x'"],
    ['pow(${a}, 2)', '{a} ^ 2'],
    ['if (${a} = 1, 2, 3)', 'iif({a} = 1, 2, 3)'],
    ['today()', 'today()'],
    ['round(${a}) = min(1, max(2, sum(${b})))', 'round({a}) = min(1, max(2, sum({b})))'],
    ['region = ${a}', "{a} = 'north'"],
    ['blank = ${a}', '{a} empty'],
    ['${a} = 1 and ${b} = 2 or ${a} = 3', '{a} = 1 and {b} = 2 or {a} = 3'],
  ])('%s is %s', (xpath, ours) => {
    expect(read(xpath)).toBe(ours);
  });

  it.each([
    ['${gone} = 1', 'expression_name {"name":"gone"}'],
    ['regex(${a}, 1)', 'expression_function {"function":"regex"}'],
    ['true(1)', 'expression_function {"function":"true"}'],
    ['truth()', 'expression_function {"function":"truth"}'],
    ['not()', 'expression_function {"function":"not"}'],
    ["selected('x', ${a})", 'expression_function {"function":"selected"}'],
    ['selected(${a})', 'expression_function {"function":"selected"}'],
    ['selected()', 'expression_function {"function":"selected"}'],
    ['pow(${a})', 'expression_function {"function":"pow"}'],
    ['contains(1)', 'expression_function {"function":"contains"}'],
    ['power(1, 2)', 'expression_function {"function":"power"}'],
    ['(1 + 2', 'expression_unreadable {"rest":""}'],
    ['round(1', 'expression_unreadable {"rest":""}'],
    ['1 2 and a long rest that is cut', 'expression_unreadable {"rest":"2 and a long rest th"}'],
    ['${a} =', 'expression_unreadable {"rest":""}'],
    ['../a', 'expression_unreadable {"rest":"../a"}'],
    ['', 'expression_unreadable {"rest":""}'],
    ['unknown', 'expression_unreadable {"rest":""}'],
    [`${'('.repeat(61)}1`, 'expression_deep {}'],
  ])('%s is refused: %s', (xpath, reason) => {
    expect(read(xpath)).toBe(reason);
  });

  it('counts depth, not length, and may be sixty deep', () => {
    const deep = (levels: number) => `${'('.repeat(levels)}1${')'.repeat(levels)}`;
    expect(read(deep(59))).toBe('1');
    expect(read(deep(60))).toBe('expression_deep {}');
    expect(read(Array(200).fill('${a} > 1').join(' and '))).toMatch(/^\{a\} > 1 and/);
  });

  it('knows no "." where there is no question', () => {
    expect(read('. = 1', { ...names, self: null })).toBe('expression_self {}');
  });
});

describe('an expression as XPath', () => {
  it.each([
    ["{a} = 'x'", "${a} = 'x'"],
    ["{b} = 'x'", ". = 'x'"],
    ["{a} = 'it\\'s'", '${a} = "it\'s"'],
    ['{a} = true', '${a} = true()'],
    ['{yes} = true', "${yes} = 'true'"],
    ['{yes} != false', "${yes} != 'false'"],
    ['{yes} = 5', '${yes} = 5'],
    ['{yes} = {a}', '${yes} = ${a}'],
    ['{yes}', "${yes} = 'true'"],
    ['!{yes} and {yes}', "not(${yes} = 'true') and ${yes} = 'true'"],
    ['{a} empty', "${a} = ''"],
    ['({a} + 1) * {b} > 2', '(${a} + 1) * . > 2'],
    ['{a} - ({b} - 1)', '${a} - (. - 1)'],
    ['{a} = 1 and ({a} = 2 or {a} = 3)', '${a} = 1 and (${a} = 2 or ${a} = 3)'],
    ['sum({a})', 'sum(${a})'],
    ['iif({yes}, 1, 2)', "if(${yes} = 'true', 1, 2)"],
    ["{many} contains 'x'", "selected(${many}, 'x')"],
    ["{a} contains 'x'", "contains(${a}, 'x')"],
    [
      "{many} anyof ['x', 'y'] and {a} = 1",
      "(selected(${many}, 'x') or selected(${many}, 'y')) and ${a} = 1",
    ],
    [
      "{many} allof ['x', 'y'] or {a} = 1",
      "selected(${many}, 'x') and selected(${many}, 'y') or ${a} = 1",
    ],
    ["{a} noneof ['x', 'y']", "not(${a} = 'x' or ${a} = 'y')"],
  ])('%s is %s', (ours, xpath) => {
    expect(written(ours)).toBe(xpath);
  });

  it.each([
    ['{gone} = 1', 'expression_name {"name":"gone"}'],
    ['sum({a}, {b})', 'expression_function {"function":"sum"}'],
    ['age({a})', 'expression_function {"function":"age"}'],
    ['{a} anyof {b}', 'expression_operator {"operator":"anyof"}'],
    ["'x' anyof ['x']", 'expression_operator {"operator":"anyof"}'],
    ['{a} allof []', 'expression_operator {"operator":"allof"}'],
    ['{a} = [1, 2]', 'expression_operator {"operator":"[…]"}'],
    [String.raw`{a} = 'both \" and \''`, 'expression_quotes {}'],
  ])('%s is refused: %s', (ours, reason) => {
    expect(written(ours)).toBe(reason);
  });

  it('writes no answer as an empty text', () => {
    const left: Expression = { kind: 'variable', name: 'a' };
    const nothing: Expression = { kind: 'value', value: null };
    expect(written({ kind: 'binary', operator: 'equal', left, right: nothing })).toBe("${a} = ''");
  });
});

describe('what conditions of a form may speak of', () => {
  const elements = [
    { type: 'imagepicker', name: 'one', choices: ['x'] },
    { type: 'imagepicker', name: 'some', choices: ['x'], multiSelect: true },
    { type: 'tagbox', name: 'tags', choices: ['x'] },
    { type: 'ranking', name: 'order', choices: ['x'] },
    { type: 'boolean', name: 'plain' },
    { type: 'boolean', name: 'own_true', valueTrue: 'y' },
    { type: 'boolean', name: 'own_false', valueFalse: 'n' },
    { type: 'image', name: 'logo' },
    { type: 'expression', name: 'known', expression: '{one} + 1' },
    { type: 'expression', name: 'lost', expression: 'age({one})' },
    { type: 'expression', name: 'unread', expression: '{one} +' },
    { type: 'matrix', name: 'm', columns: ['x'], rows: ['r'] },
    { type: 'matrix', name: 'ticks', cellType: 'checkbox', columns: ['x'], rows: ['r'] },
  ];
  const calculatedValues = [
    { name: 'sum', expression: '{known} + 1' },
    { name: 'far', expression: '{lost} + 1' },
    { name: 'farther', expression: '{far} + 1' },
    { name: 'one', expression: '1' },
    { name: 5, expression: '1' },
    { name: 'nothing' },
  ];
  const relevant = (visibleIf: string) => {
    const asked = [...elements, { type: 'text', name: 'last', visibleIf }];
    const { sheets } = toXlsForm({
      pages: [{ name: 'page_1', elements: asked }],
      calculatedValues,
    });
    const [head, ...rows] = sheets[0].rows;
    const row = rows.find((cells) => cells[head.indexOf('name')] === 'last')!;
    return head.includes('relevant') ? row[head.indexOf('relevant')] : '';
  };

  it.each([
    ["{one} contains 'x'", "contains(${one}, 'x')"],
    ["{some} contains 'x'", "selected(${some}, 'x')"],
    ["{tags} contains 'x'", "selected(${tags}, 'x')"],
    ["{order} contains 'x'", "selected(${order}, 'x')"],
    ['{plain}', "${plain} = 'true'"],
    ['{own_true}', '${own_true}'],
    ['{own_false}', '${own_false}'],
    ['{known} > 1', '${known} > 1'],
    ['{sum} > 1', '${sum} > 1'],
    ["{m.r} contains 'x'", "contains(${m_r}, 'x')"],
    ["{ticks.r} contains 'x'", "selected(${ticks_r}, 'x')"],
    // What the form does not hold, and what is computed from that.
    ...['logo', 'lost', 'unread', 'far', 'farther', 'nothing'].map((name) => [`{${name}} > 1`, '']),
  ])('%s: %s', (ours, xpath) => {
    expect(relevant(ours)).toBe(xpath);
  });
});
