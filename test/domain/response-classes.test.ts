import { responseClasses, type Respondent } from '@akimetr/api/domain/response-classes';
import { weightGroup } from '@akimetr/api/domain/weighting';
import fc from '../support/fast-check.ts';

const person = (akim: string, stratum: string, baseWeight = 10, scored = true): Respondent => ({
  ...{ akim, stratum, baseWeight, scored },
});
const total = (totals: Record<string, number>) => ({ ...totals });

describe('responseClasses', () => {
  it('counts everyone sampled in a stratum, answered or not', () => {
    const { totals, classOf } = responseClasses(
      [person('a', 's'), person('a', 's'), person('a', 't', 5)],
      [{ akim: 'a', stratum: 's', baseWeight: 20 }],
    );
    expect(total(totals)).toEqual({ 'a s': 40, 'a t': 5 });
    expect(classOf('a', 's')).toBe('a s');
  });

  it('counts an interview without any score as sampled', () => {
    const { totals } = responseClasses([person('a', 's'), person('a', 's', 7, false)], []);
    expect(total(totals)).toEqual({ 'a s': 17 });
  });

  it('joins the strata of an akim where nobody of one of them answered, and of that akim only', () => {
    const { totals, classOf } = responseClasses(
      [person('a', 's'), person('a', 'u', 3), person('b', 's'), person('b', 't')],
      [
        { akim: 'a', stratum: 't', baseWeight: 20 },
        { akim: 'b', stratum: 't', baseWeight: 4 },
      ],
    );
    expect(total(totals)).toEqual({ a: 33, 'b s': 10, 'b t': 14 });
    expect([classOf('a', 's'), classOf('a', 't'), classOf('b', 's')]).toEqual(['a', 'a', 'b s']);
  });

  it('has no class of an akim of whom nobody answered', () => {
    const { totals } = responseClasses(
      [person('a', 's'), person('c', 's', 1, false)],
      [{ akim: 'b', stratum: 's', baseWeight: 20 }],
    );
    expect(total(totals)).toEqual({ 'a s': 10 });
  });

  it('takes nothing sampled for no class', () => {
    const { totals } = responseClasses(
      [person('a', 's')],
      [{ akim: 'a', stratum: 't', baseWeight: 0 }],
    );
    expect(total(totals)).toEqual({ 'a s': 10 });
  });

  it('never fails the weights, which then sum to everyone sampled of the akims that answered', () => {
    const name = fc.constantFrom('a', 'b', '__proto__');
    const weight = fc.double({ min: 0.1, max: 1e6, noNaN: true });
    const stratum = fc.constantFrom('s', 't', 'u');
    const respondent = fc.record({ akim: name, stratum, baseWeight: weight, scored: fc.boolean() });
    const unanswered = fc.record({ akim: name, stratum, baseWeight: weight });
    fc.assert(
      fc.property(fc.array(respondent), fc.array(unanswered), (respondents, others) => {
        const { totals, classOf } = responseClasses(respondents, others);
        const rows = respondents.filter(({ scored }) => scored);
        if (rows.length === 0) return;
        const weighted = weightGroup(
          Float64Array.from(rows, ({ baseWeight }) => baseWeight),
          (row) => classOf(rows[row].akim, rows[row].stratum),
          { nonResponse: totals },
        );
        if ('faults' in weighted) throw new Error(JSON.stringify(weighted.faults));
        const answering = new Set(rows.map(({ akim }) => akim));
        const sampled = [...respondents, ...others].filter(({ akim }) => answering.has(akim));
        const sum = sampled.reduce((all, { baseWeight }) => all + baseWeight, 0);
        const reached = weighted.finalWeights.reduce((all, one) => all + one, 0);
        expect(Math.abs(reached / sum - 1)).toBeLessThan(1e-9);
      }),
    );
  });
});
