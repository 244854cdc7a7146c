import { fireEvent, within } from '@testing-library/react';
import { Model, Serializer, type Base } from 'survey-core';
import { ReactElementFactory, ReactQuestionFactory } from 'survey-react-ui';
import { findingsOf } from '@akimetr/api/domain/questionnaire-check';
import { getAt, type Plain } from '../../../web/src/features/designer/model/document.ts';
import { fieldsOf } from '../../../web/src/features/designer/properties/property-fields.ts';
import { StructureTab } from '../../../web/src/features/designer/structure/StructureTab.tsx';
import {
  everyType,
  newElement,
  unsuitedTypes,
} from '../../../web/src/features/designer/structure/question-types.ts';
import en from '../../../web/src/lib/locales/en/designer.json';
import { baseTypes, questionTypes } from '../../support/random-questionnaire.ts';
import { screenWidth } from '../support/office.tsx';
import { showPart } from './support.tsx';

/** Panels beside questions; a page is added by an entry of its own. */
const panelTypes = Serializer.getChildrenClasses('panelbase', true)
  .map(({ name }) => name)
  .filter((name) => name !== 'page');
const madeTypes = [...questionTypes, ...panelTypes].sort();

/** Not in the panel, since it has a place of its own: the name field, the tree, the scoring tab. */
const elsewhere: Readonly<Record<string, string>> = {
  name: 'the field above all others',
  elements: 'the tree',
  templateElements: 'the tree',
  detailElements: 'the tree',
  indicator: 'the scoring tab',
  scoring: 'the scoring tab',
  missingValues: 'the scoring tab',
  pages: 'the tree',
  questions: 'the tree',
};

/** What survey-core's metadata says is kept in the JSON of such an element. */
function keptProperties(type: string, element: Plain): string[] {
  const object = Serializer.createClass(type, element) as Base;
  const inATree = (name: string) =>
    !Serializer.isDescendantOf(type, 'itemvalue') || name !== 'elements';
  return Serializer.getPropertiesByObj(object)
    .filter(({ isSerializable }) => isSerializable)
    .map(({ name }) => name)
    .filter((name) => elsewhere[name] === undefined || !inATree(name));
}

const emptyPage = { pages: [{ name: 'page_1', elements: [] }] };

async function opened(doc: Plain) {
  const shown = await showPart(<StructureTab />, doc);
  fireEvent.click(shown.screen.getAllByRole('treeitem').at(-1)!);
  const panel = shown.screen.getByRole('region', { name: 'Properties' });
  for (const group of within(panel).queryAllByRole('button', { expanded: false })) {
    if (group.closest('h3')) fireEvent.click(group);
  }
  /** Names of the properties that stand in the panel, which each row tells when pointed at. */
  const names = () =>
    new Set([...panel.querySelectorAll('label[title]')].map((row) => row.getAttribute('title')));
  return { ...shown, names };
}

beforeEach(() => screenWidth(1280));

describe('the "add" menu', () => {
  it('offers every type that survey-core makes and its renderer shows, each once', () => {
    expect([...everyType].sort()).toEqual(madeTypes);
    const rendered = ReactQuestionFactory.Instance.getAllTypes();
    for (const type of baseTypes) expect(rendered).not.toContain(type);
    for (const type of questionTypes) expect(rendered).toContain(type);
    for (const type of panelTypes)
      expect(ReactElementFactory.Instance.isElementRegistered(type)).toBe(true);
  });

  it('keeps apart, with the reason, what an interview cannot hold', async () => {
    const { screen } = await showPart(<StructureTab />, emptyPage);
    fireEvent.click(screen.getByRole('button', { name: 'Add' }));
    const last = (await screen.findAllByRole('group')).at(-1)!;
    expect(last.getAttribute('aria-label')).toBe('Other types: not for interviews');
    expect(last.textContent).toContain('they can be edited, but not published');
    const names = within(last).getAllByRole('menuitem', { hidden: true });
    expect(names.map((one) => one.textContent)).toEqual(
      ['file', 'signaturepad', 'flowpanel', 'empty'].map((type) => en.types[type as 'file']),
    );
  });
});

describe.each(madeTypes)('a new element of type %s', (type) => {
  it('is added from the menu, chosen, and kept by survey-core as it is', async () => {
    const { store, screen } = await showPart(<StructureTab />, emptyPage);
    fireEvent.click(screen.getByRole('button', { name: 'Add' }));
    fireEvent.click(await screen.findByRole('menuitem', { name: en.types[type as 'file'] }));
    const added = getAt(store.doc(), ['pages', 0, 'elements', 0]) as Plain;
    expect(added.type).toBe(type);
    expect(store.history().present.selected).toBe('["pages",0,"elements",0]');
    const model = new Model(JSON.parse(JSON.stringify(store.doc())));
    expect(model.jsonErrors ?? []).toEqual([]);
    const { pages } = model.toJSON() as { pages: { elements: Plain[] }[] };
    const { name, type: made } = pages[0].elements[0];
    expect({ name, made }).toEqual({ name: added.name, made: type });
  });

  it('opens with every property that survey-core keeps of it', async () => {
    const element = newElement(type);
    const doc = { pages: [{ name: 'page_1', elements: [element] }] };
    const { store, names } = await opened(doc);
    const kept = keptProperties(type, element);
    const shown = names();
    expect(kept.filter((name) => !shown.has(name))).toEqual([]);
    expect(kept.length).toBeGreaterThan(10);
    expect(store.doc()).toBe(doc);
  });
});

/** Entries of lists: what may be said of a choice, a column, a check … */
const entryClasses = ['itemvalue', 'matrixdropdowncolumn', 'multipletextitem', 'calculatedvalue']
  .concat('surveyvalidator', 'surveytrigger', 'htmlconditionitem', 'urlconditionitem')
  .flatMap((root) => [root, ...Serializer.getChildrenClasses(root).map(({ name }) => name)])
  .filter((name) => Serializer.createClass(name));

describe.each([...entryClasses, 'page', 'survey'])('the form of a part of class %s', (name) => {
  it('has a field for everything that survey-core keeps of it', () => {
    const shown = new Set(fieldsOf(name, {}).map((field) => field.name));
    const isChoice = Serializer.isDescendantOf(name, 'itemvalue');
    const missing = keptProperties(name, {}).filter((one) => !shown.has(one));
    // Code and text of a choice stand in its row.
    expect(missing).toEqual(isChoice ? ['value', 'text'] : []);
  });
});

describe('a property that is not set', () => {
  it('says what then holds, in words and once', async () => {
    const { screen } = await opened({
      pages: [{ name: 'page_1', elements: [{ type: 'matrix', name: 'q' }] }],
    });
    const first = (name: string) =>
      (screen.getByLabelText(name) as HTMLSelectElement).options[0].textContent;
    expect(first(en.names.titleLocation)).toBe(en.options.default);
    expect(first(en.names.cellType)).toBe(`default: ${en.options.radio}`);
    const look = screen.getByLabelText(en.names.renderAs) as HTMLInputElement;
    expect(look.placeholder).toBe(en.options.default);
  });
});

describe('a choice', () => {
  it('is given a property of its own, though it was a plain value', async () => {
    const choice = { type: 'checkbox', name: 'q', choices: ['yes', 'no'] };
    const { screen, store } = await opened({ pages: [{ name: 'page_1', elements: [choice] }] });
    fireEvent.click(screen.getByRole('button', { name: 'More of Choices 2' }));
    fireEvent.click(screen.getByLabelText('Excludes other answers'));
    expect(getAt(store.doc(), ['pages', 0, 'elements', 0, 'choices'])).toEqual([
      'yes',
      { value: 'no', isExclusive: true },
    ]);
  });
});

describe('the fields of several short texts', () => {
  it('are parts with names and texts, added, moved and removed one by one', async () => {
    const items = [
      { name: 'town', title: { en: 'Your town' } },
      { name: 'street', title: { en: 'Your street' } },
    ];
    const question = { type: 'multipletext', name: 'q', items };
    const { screen, store } = await opened({ pages: [{ name: 'page_1', elements: [question] }] });
    const names = () =>
      (getAt(store.doc(), ['pages', 0, 'elements', 0, 'items']) as Plain[]).map(({ name }) => name);
    expect(screen.getByRole('button', { name: /street.*Your street/ })).not.toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'Move up: Fields 2' }));
    expect(names()).toEqual(['street', 'town']);
    expect(screen.getByRole('button', { name: 'Move down: Fields 2' })).toHaveProperty(
      'disabled',
      true,
    );
    const region = screen.getByRole('region', { name: 'Properties' });
    const row = region.querySelector<HTMLElement>('label[title="items"]')!.parentElement!;
    fireEvent.click(within(row).getByRole('button', { name: 'Add…' }));
    expect(names()).toEqual(['street', 'town', 'field_1']);
    fireEvent.click(screen.getByRole('button', { name: 'Delete Fields 1' }));
    expect(names()).toEqual(['town', 'field_1']);
    store.undo();
    expect(names()).toEqual(['street', 'town', 'field_1']);
  });
});

describe.each(unsuitedTypes)('the check of a draft with a question of type %s', (type) => {
  it('tells at its place why it cannot be published', () => {
    const doc = { pages: [{ name: 'page_1', elements: [newElement(type)] }] };
    const found = findingsOf(doc).filter(({ params }) => params.type === type);
    expect(found.map(({ severity, path }) => ({ severity, path }))).toEqual([
      { severity: 'error', path: 'pages.0.elements.0.type' },
    ]);
    expect(found[0].question).toBe(newElement(type).name);
  });
});
