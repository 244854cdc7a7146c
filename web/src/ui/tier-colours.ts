/**
 * From the best tier to the last: blue → teal → olive → ochre → rust. Told apart with every common
 * colour-blindness (it runs along blue–yellow, not red–green), each step at least 3.4 : 1 on white.
 */
const ramp = ['#0a4a63', '#1f7a8c', '#6f8044', '#a8761a', '#a0430f'] as const;

/**
 * The colour of a tier; where there are more tiers than steps, in between.
 * @param tier 1 = best
 * @param tiers how many there are
 */
export function tierColour(tier: number, tiers: number): string {
  const place = tiers <= 1 ? 0 : ((tier - 1) / (tiers - 1)) * (ramp.length - 1);
  const step = Math.min(Math.floor(place), ramp.length - 2);
  const [from, to] = [channels(ramp[step] ?? ramp[0]), channels(ramp[step + 1] ?? ramp[0])];
  const mixed = from.map((value, index) =>
    Math.round(value + (place - step) * ((to[index] ?? value) - value)),
  );
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}

function channels(hex: string): number[] {
  return [1, 3, 5].map((start) => parseInt(hex.slice(start, start + 2), 16));
}
