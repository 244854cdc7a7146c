import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { anchors } from './anchors.ts';
import { all, district, full, region, rural, short } from './load.ts';

const isAnchor = (name: unknown) => (anchors as readonly unknown[]).includes(name);

describe('anchors', () => {
  it.each(all)('stand in the same order in %s', (_code, { questions }) => {
    const order = questions.map(({ name }) => name).filter(isAnchor);
    expect(order).toEqual(anchors.filter((name) => order.includes(name)));
  });

  it.each(full)('are all asked by %s', (_code, { questions }) => {
    const names = questions.map(({ name }) => name);
    expect(anchors.filter((name) => !names.includes(name))).toEqual([]);
  });

  it.each(anchors.map((name) => [name]))(
    'have one wording, one set of codes and one score on every level: %s',
    (name) => {
      expect(region.named(name)).toEqual(district.named(name));
      expect(rural.named(name)).toEqual(district.named(name));
    },
  );

  it('make up the short form', () => {
    for (const question of short.questions) {
      expect(isAnchor(question.name)).toBe(true);
      expect(question).toEqual(district.named(String(question.name)));
    }
  });

  it('are all that two levels have in common', () => {
    const own = full.map(([, { questions }]) =>
      questions.map(({ name }) => String(name)).filter((name) => !isAnchor(name)),
    );
    expect(new Set(own.flat()).size).toBe(own.flat().length);
    for (const names of own) expect(names.length).toBeGreaterThan(0);
  });

  it('are listed in surveys/README.md', () => {
    const readme = readFileSync(join(__dirname, '../../surveys/README.md'), 'utf8');
    const [, list = ''] = /## Anchors([\s\S]*?)\n## /.exec(readme) ?? [];
    expect([...list.matchAll(/`([a-z_]+)`/g)].map(([, name]) => name).filter(isAnchor)).toEqual([
      ...anchors,
    ]);
  });
});
