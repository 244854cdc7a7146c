import { CompletionContext } from '@codemirror/autocomplete';
import { json } from '@codemirror/lang-json';
import { ensureSyntaxTree } from '@codemirror/language';
import { EditorState } from '@codemirror/state';
import { completeJson } from '../../../web/src/features/designer/json/json-completion.ts';
import { faultsIn } from '../../../web/src/features/designer/json/json-faults.ts';

/** The text, read to its end: an editor reads on while nobody types. */
function stateOf(doc: string): EditorState {
  const state = EditorState.create({ doc, extensions: [json()] });
  ensureSyntaxTree(state, doc.length, 10_000);
  return state.update({}).state;
}

/** The text with a cursor where `|` stands. */
function at(text: string): CompletionContext {
  const place = text.indexOf('|');
  return new CompletionContext(stateOf(text.replace('|', '')), place, true);
}
const offered = (text: string) => completeJson(at(text))?.options.map(({ label }) => label) ?? [];

const words = {
  unreadable: 'not JSON',
  notObject: 'no questionnaire',
  unknownType: (type: string) => `type ${type}`,
  unknownProperty: (property: string, type: string) => `${property} of ${type}`,
};
/** `severity line: message` of every fault. */
function faults(text: string): string[] {
  const state = stateOf(text);
  return faultsIn(state, words).map(
    ({ from, severity, message }) => `${severity} ${state.doc.lineAt(from).number}: ${message}`,
  );
}

describe('what the JSON tab offers', () => {
  it('are the properties of the very class, without those that are there', () => {
    const question = '{"pages": [{"elements": [{"type": "rating", "name": "q", "|"}]}]}';
    const names = offered(question);
    expect(names).toEqual(expect.arrayContaining(['"rateMax"', '"scoring"', '"visibleIf"']));
    expect(names).not.toContain('"name"');
    expect(names).not.toContain('"rows"');
    expect(offered('{"|"}')).toEqual(expect.arrayContaining(['"pages"', '"showProgressBar"']));
    expect(offered('{"pages": [{"|"}]}')).not.toContain('"rateMax"');
  });

  it('are the same where the second quotation mark is not written yet', () => {
    const question = (member: string) =>
      `{"pages": [{"elements": [{\n"type": "rating",\n${member}\n"title": "T"}]}]}`;
    const from = (text: string) => {
      const { state, pos } = at(text);
      return state.sliceDoc(completeJson(at(text))?.from, pos);
    };
    expect(offered(question('"vis|'))).toContain('"visibleIf"');
    expect(from(question('"vis|'))).toBe('"vis');
    expect(offered(question('"isRequired": true, "vis|'))).toContain('"visibleIf"');
    expect(from(question('"isRequired": true, "vis|'))).toBe('"vis');
    expect(from(question('"vis|"'))).toBe('"vis');
  });

  it('are the values that a property can have', () => {
    const inQuestion = (member: string) => offered(`{"pages": [{"elements": [{${member}}]}]}`);
    expect(inQuestion('"type": "|"')).toEqual(expect.arrayContaining(['"radiogroup"', '"panel"']));
    expect(inQuestion('"type": "text", "isRequired": |')).toEqual(['true', 'false']);
    expect(inQuestion('"type": "text", "inputType": "|"')).toContain('"number"');
    expect(inQuestion('"type": "text", "validators": [{"type": "|"}]')).toContain('"expression"');
  });
});

describe('what the JSON tab finds', () => {
  it('stands at the line of the slip', () => {
    expect(faults('{\n  "title": "A",\n  "pages": [\n    {"name" "p"}\n  ]\n}')).toEqual([
      'error 4: not JSON',
    ]);
    expect(faults('[]')).toEqual(['error 1: no questionnaire']);
  });

  it('warns of a type or a property that nobody knows, and of nothing that is ours', () => {
    const text = `{
  "code": "a", "levels": ["rural"],
  "pages": [{
    "privateBlock": true,
    "elements": [
      {"type": "radiogroups", "name": "a"},
      {"type": "text", "name": "b", "colour": "red", "indicator": "roads", "scoring": {"kind": "x"}}
    ]
  }]
}`;
    expect(faults(text)).toEqual(['warning 6: type radiogroups', 'warning 7: colour of text']);
  });
});
