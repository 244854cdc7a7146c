import { tierColour } from '../../../web/src/ui/tier-colours.ts';

/** WCAG 2.2 contrast of a colour with white. */
function contrastWithWhite(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map((start) => {
    const channel = parseInt(hex.slice(start, start + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05);
}

describe('tierColour', () => {
  it.each([1, 2, 3, 5, 7, 12])('tells %i tiers apart, each visible on white', (tiers) => {
    const colours = Array.from({ length: tiers }, (_, index) => tierColour(index + 1, tiers));
    expect(new Set(colours).size).toBe(tiers);
    for (const colour of colours) expect(contrastWithWhite(colour)).toBeGreaterThanOrEqual(3);
  });

  it('begins blue and ends rust, however many tiers there are', () => {
    expect(tierColour(1, 1)).toBe(tierColour(1, 9));
    expect(tierColour(9, 9)).toBe('#a0430f');
  });
});
