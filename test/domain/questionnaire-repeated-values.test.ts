import { findingsOf } from '../../api/src/domain/questionnaire-check.ts';
import { choice, page, radio, t, whole } from '../support/small-questionnaire.ts';

/** Every value that stands twice, as `severity question page path: message`. */
const twice = (elements: object[], more: object = {}) =>
  findingsOf(whole([page('p', ...elements)], more) as Record<string, unknown>)
    .filter(({ code }) => code === 'value_twice')
    .map(
      ({ severity, question, page: place, path, message }) =>
        `${severity} ${question} ${place} ${path}: ${message}`,
    );
const mixed = 'stands more than once; answers would be mixed up';
const at = (place: string) => `p pages.0.elements.0.${place}`;

describe('values that stand for two answers of one question', () => {
  it('are errors at the later entry, whether written as a text or a number', () => {
    const choices = [choice('yes'), 'no', choice('yes'), 1, choice('1'), 'yes'];
    expect(twice([radio('a', { choices })])).toEqual([
      `error a ${at('choices.2')}: choices: "yes" ${mixed}`,
      `error a ${at('choices.4')}: choices: "1" ${mixed}`,
      `error a ${at('choices.5')}: choices: "yes" ${mixed}`,
    ]);
  });

  it.each([
    ['rows', { type: 'matrix', columns: ['a'], rows: ['r', 's', 'r'] }, 'rows.2', 'rows', 'r'],
    ['columns', { type: 'matrix', columns: ['a', 'a'], rows: ['r'] }, 'columns.1', 'columns', 'a'],
    ['points', { type: 'rating', rateValues: [1, 2, 1] }, 'rateValues.2', 'rateValues', '1'],
    [
      'fields',
      { type: 'multipletext', items: [{ name: 'x' }, { name: 'x' }] },
      'items.1',
      'items',
      'x',
    ],
    [
      'choices of a column',
      { type: 'matrixdropdown', columns: [{ name: 'c', choices: ['u', 'u'] }], rows: ['r'] },
      'columns.0.choices.1',
      'columns/c/choices',
      'u',
    ],
    [
      'a choice and the "other" that SurveyJS adds',
      { type: 'radiogroup', showOtherItem: true, choices: ['a', 'other'] },
      'choices.1',
      'choices',
      'other',
    ],
  ])('are found among %s', (_what, question, place, property, value) => {
    const found = twice([{ name: 'q', title: t('Q'), ...question }]);
    expect(found).toEqual([`error q ${at(place)}: ${property}: "${value}" ${mixed}`]);
  });

  it('are found inside panels, and among calculated values', () => {
    const inside = radio('a', { choices: ['x', 'x'] });
    const repeats = { type: 'paneldynamic', name: 'd', templateElements: [inside] };
    const sum = { name: 'sum', expression: '1' };
    expect(twice([repeats], { calculatedValues: [sum, sum] })).toEqual([
      `error null null calculatedValues.1: calculatedValues: "sum" ${mixed}`,
      `error a ${at('templateElements.0.choices.1')}: choices: "x" ${mixed}`,
    ]);
  });

  it('are not: the same in two questions, in two lists, along a slider, "other" nobody adds', () => {
    const found = twice([
      radio('a', { choices: ['x', 'other'] }),
      radio('b', { choices: ['x', 'y'] }),
      { type: 'matrix', name: 'm', columns: ['x'], rows: ['x'] },
      { type: 'slider', name: 's', customLabels: [1, 1] },
    ]);
    expect(found).toEqual([]);
  });
});
