import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkMethodology } from '../../../web/src/features/methodologies/methodology-check.ts';

const shipped = () =>
  JSON.parse(readFileSync(join(process.cwd(), 'surveys/methodology-2026.json'), 'utf8')) as {
    blocks: { indicators: { code: string; importance: number }[] }[];
  };

describe('checkMethodology', () => {
  it('finds nothing wrong with the one that is shipped', () => {
    const { methodology, faults } = checkMethodology(shipped());
    expect(faults).toEqual([]);
    expect(methodology?.code).toBe('methodology-2026');
  });

  it('names the sum of importances when it is not 1', () => {
    const file = shipped();
    file.blocks[0].indicators[0].importance += 0.1;
    expect(checkMethodology(file).faults).toEqual([{ kind: 'sum', path: 'blocks', found: '1.1' }]);
  });

  it('names an indicator that stands twice, once', () => {
    const file = shipped();
    const [first, second, third] = file.blocks.flatMap(({ indicators }) => indicators);
    second.code = first.code;
    third.code = first.code;
    expect(checkMethodology(file).faults).toEqual([
      { kind: 'twice', path: 'blocks', found: first.code },
    ]);
  });

  it('names every place whose shape is not right', () => {
    const { methodology, faults } = checkMethodology({ code: 'A', version: 1, blocks: [] });
    expect(methodology).toBeNull();
    expect(faults.map(({ path }) => path).sort()).toEqual(['blocks', 'code', 'name', 'rules']);
  });
});
