import type { Methodology } from '@akimetr/api/contracts/methodologies';
import { compileScoring } from '@akimetr/api/domain/scoring';
import {
  type Content,
  district,
  indicatorsOf,
  methodologyJson,
  region,
  regionMethodology,
  rural,
  ruralMethodology,
  short,
  shortMethodology,
} from './load.ts';

const definitions = ({ blocks }: Methodology) => blocks.flatMap(({ indicators }) => indicators);
const every = [methodologyJson, regionMethodology, ruralMethodology, shortMethodology];

describe.each(every.map((one) => [one.code, one] as const))('surveys/%s.json', (_code, one) => {
  const indicators = definitions(one);

  it('gives importances that sum to 1', () => {
    const total = indicators.reduce((sum, { importance }) => sum + importance, 0);
    expect(total).toBeCloseTo(1, 12);
  });

  it('names each indicator once, in its own words in each language', () => {
    for (const key of [
      ({ code }: (typeof indicators)[number]) => code,
      ({ name }: (typeof indicators)[number]) => name.kk,
      ({ name }: (typeof indicators)[number]) => name.ru,
      ({ name }: (typeof indicators)[number]) => name.en,
    ]) {
      expect(new Set(indicators.map(key)).size).toBe(indicators.length);
    }
    for (const { name } of [...indicators, ...one.blocks, one]) expect(name.kk).not.toBe(name.ru);
  });

  it('calls an indicator what the methodology of all levels calls it', () => {
    const common = new Map(definitions(methodologyJson).map(({ code, name }) => [code, name]));
    for (const { code, name } of indicators) expect([code, name]).toEqual([code, common.get(code)]);
  });
});

describe('questionnaires and methodologies', () => {
  it.each<[string, Content, Methodology]>([
    ['akim-region and methodology-2026', region, methodologyJson],
    ['akim-district and methodology-2026', district, methodologyJson],
    ['akim-rural and methodology-2026', rural, methodologyJson],
    ['akim-region and methodology-region-2026', region, regionMethodology],
    ['akim-rural and methodology-rural-2026', rural, ruralMethodology],
    ['akim-short and methodology-short-2026', short, shortMethodology],
  ])('fit each other, every indicator with an item: %s', (_pair, { json }, methodology) => {
    const { plan, faults } = compileScoring(json, { indicators: indicatorsOf(methodology) });
    expect(faults).toEqual([]);
    expect(plan.indicators.filter(({ items }) => items.length === 0)).toEqual([]);
  });

  it('need no item that only some are asked', () => {
    for (const { json, named } of [region, district, rural]) {
      const { plan } = compileScoring(json, { indicators: indicatorsOf(methodologyJson) });
      for (const { name, items, minimumItems } of plan.indicators) {
        const asked = items.filter(
          (item) => named(plan.items[item].question).visibleIf === undefined,
        );
        expect({ name, enough: asked.length >= minimumItems }).toEqual({ name, enough: true });
      }
    }
  });
});
