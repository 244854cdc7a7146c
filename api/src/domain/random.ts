/**
 * Chance as a value: a seeded generator that can be split into independent streams, so that every simulated
 * figure can be drawn again from its seed, in any order and on any machine. Nothing here is secret or safe for secrets.
 */

/** A stream of pseudo-random numbers. Drawing changes its state; `split` does not. */
export interface RandomStream {
  /** an integer, 0 … 2³² − 1 */
  readonly uint32: () => number;
  /** a number in [0, 1) with 53 random bits */
  readonly uniform: () => number;
  /** a standard normal number */
  readonly normal: () => number;
  /** a Gamma(shape, 1) number, shape > 0 */
  readonly gamma: (shape: number) => number;
  /** an integer, 0 … below − 1, each equally likely; `below` ≤ 2³² */
  readonly integer: (below: number) => number;
  /** a new independent stream; the same label always gives the same stream */
  readonly split: (label: string | number) => RandomStream;
}

/** 128 bits of state from a text: four different FNV-1a hashes, each finished by MurmurHash3's mixer. */
function hash128(text: string): [number, number, number, number] {
  const lanes: [number, number, number, number] = [0x811c9dc5, 0x9e3779b9, 0x85ebca6b, 0xc2b2ae35];
  for (let place = 0; place < text.length; place += 1) {
    const code = text.charCodeAt(place);
    for (let lane = 0; lane < 4; lane += 1) {
      lanes[lane] = Math.imul((lanes[lane] as number) ^ (code + lane), 0x01000193 + 2 * lane);
    }
  }
  for (let lane = 0; lane < 4; lane += 1) {
    let mixed = (lanes[lane] as number) ^ text.length;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    lanes[lane] = mixed ^ (mixed >>> 16);
  }
  return lanes;
}

/**
 * A stream of random numbers that the seed decides wholly: sfc32 (Chris Doty-Humphrey's Small Fast Chaotic
 * generator, 128 bits of state, PractRand), seeded by hashing the text of the seed.
 * @param seed any text or number; it is published beside the result
 * @source Doty-Humphrey (2010), PractRand, sfc32; normal: Marsaglia & Bray (1964), polar method;
 *   gamma: Marsaglia & Tsang (2000), ACM TOMS 26
 * @example randomStream(1).uniform() is the same number for ever; randomStream(1).split('a') is another stream
 */
export function randomStream(seed: string | number): RandomStream {
  const key = String(seed);
  let [a, b, c, counter] = hash128(key);
  let spare: number | null = null;

  const uint32 = (): number => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return sum >>> 0;
  };
  const uniform = () => ((uint32() >>> 5) * 67108864 + (uint32() >>> 6)) / 9007199254740992;

  const normal = (): number => {
    if (spare !== null) {
      const kept = spare;
      spare = null;
      return kept;
    }
    for (;;) {
      const x = 2 * uniform() - 1;
      const y = 2 * uniform() - 1;
      const square = x * x + y * y;
      if (square >= 1 || square === 0) continue;
      const scale = Math.sqrt((-2 * Math.log(square)) / square);
      spare = y * scale;
      return x * scale;
    }
  };

  const gamma = (shape: number): number => {
    if (shape < 1) return gamma(shape + 1) * Math.pow(1 - uniform(), 1 / shape);
    const d = shape - 1 / 3;
    const scale = 1 / Math.sqrt(9 * d);
    for (;;) {
      const x = normal();
      const cube = (1 + scale * x) ** 3;
      if (cube <= 0) continue;
      if (Math.log(1 - uniform()) < 0.5 * x * x + d - d * cube + d * Math.log(cube))
        return d * cube;
    }
  };

  const integer = (below: number): number => {
    const limit = 4294967296 - (4294967296 % below);
    for (;;) {
      const drawn = uint32();
      if (drawn < limit) return drawn % below;
    }
  };

  for (let round = 0; round < 12; round += 1) uint32();
  return {
    uint32,
    uniform,
    normal,
    gamma,
    integer,
    split: (label) => randomStream(`${key}/${label}`),
  };
}
