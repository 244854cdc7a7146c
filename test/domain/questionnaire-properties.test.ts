import { Serializer } from 'survey-core';
import {
  expressionProperties,
  itemLists,
  localisable,
  nestedElements,
  plainLists,
} from '../../api/src/domain/questionnaire-properties.ts';

/** Every class that can stand in a questionnaire, by survey-core's own metadata. */
function everyClass(): string[] {
  const roots = ['survey', 'panelbase', 'question', 'itemvalue', 'matrixdropdowncolumn'];
  roots.push('multipletextitem', 'surveyvalidator', 'calculatedvalue', 'surveytrigger');
  roots.push('htmlconditionitem', 'urlconditionitem');
  const found = new Set<string>();
  const visit = (name: string) => {
    found.add(name);
    for (const child of Serializer.getChildrenClasses(name, false)) visit(child.name);
  };
  roots.forEach(visit);
  return [...found];
}
const properties = everyClass().flatMap((name) => Serializer.getProperties(name));

describe('the tables of questionnaire properties', () => {
  it('name every text that survey-core can translate, and no other', () => {
    const known = properties.filter((one) => one.isLocalizable && one.serializationProperty);
    expect([...localisable].sort()).toEqual([...new Set(known.map(({ name }) => name))].sort());
  });

  it('name every property that holds a condition or an expression', () => {
    const known = properties.filter(({ type }) => type === 'condition' || type === 'expression');
    for (const { name } of known) expect(expressionProperties.has(name)).toBe(true);
    const names = new Set(properties.map(({ name }) => name));
    for (const name of expressionProperties.keys()) expect(names).toContain(name);
  });

  it('name every list of objects', () => {
    const known = properties.filter(
      (one) =>
        one.className !== undefined && one.className !== '' && one.name !== 'gridLayoutColumns',
    );
    const tables = [...nestedElements, ...itemLists.keys(), ...plainLists];
    const unknown = known.filter(({ name }) => !tables.includes(name)).map(({ name }) => name);
    expect([...new Set(unknown)].sort()).toEqual(['choicesByUrl', 'dataList', 'maskSettings']);
  });
});
