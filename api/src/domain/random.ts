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

/** Blocks of equal area under the normal density; the lowest one has the tail beyond `tailStart`. */
const blocks = 128;
const tailStart = 3.442619855899;
const blockArea = 9.91256303526217e-3;

const blockEnds = new Float64Array(blocks + 1);
blockEnds[0] = blockArea / Math.exp(-0.5 * tailStart ** 2);
blockEnds[1] = tailStart;
for (let block = 2; block < blocks; block += 1) {
  const end = blockEnds[block - 1]!;
  blockEnds[block] = Math.sqrt(-2 * Math.log(blockArea / end + Math.exp(-0.5 * end * end)));
}
const blockRatios = Float64Array.from(
  { length: blocks },
  (_, block) => blockEnds[block + 1]! / blockEnds[block]!,
);

/** A normal number beyond ±tailStart: Marsaglia (1964). */
function normalTailDraw(uniform: () => number, negative: boolean): number {
  for (;;) {
    const x = Math.log(1 - uniform()) / tailStart;
    const y = Math.log(1 - uniform());
    if (-2 * y >= x * x) return negative ? x - tailStart : tailStart - x;
  }
}

/**
 * A stream of random numbers that the seed decides wholly: sfc32 (Chris Doty-Humphrey's Small Fast Chaotic
 * generator, 128 bits of state, PractRand), seeded by hashing the text of the seed.
 * @param seed any text or number; it is published beside the result
 * @source Doty-Humphrey (2010), PractRand, sfc32; normal: Doornik (2005), ZIGNOR;
 *   gamma: Marsaglia & Tsang (2000), ACM TOMS 26
 * @example randomStream(1).uniform() is the same number for ever; randomStream(1).split('a') is another stream
 */
export function randomStream(seed: string | number): RandomStream {
  const key = String(seed);
  const state = Int32Array.from(hash128(key)); // a typed array, for 32-bit numbers in plain variables are boxed

  const uint32 = (): number => {
    const b = state[1]!;
    const c = state[2]!;
    const counter = state[3]!;
    const sum = (state[0]! + b + counter) | 0;
    state[3] = counter + 1;
    state[0] = b ^ (b >>> 9);
    state[1] = c + (c << 3);
    state[2] = ((c << 21) | (c >>> 11)) + sum;
    return sum >>> 0;
  };
  const uniform = () => ((uint32() >>> 5) * 67108864 + (uint32() >>> 6)) / 9007199254740992;

  const normal = (): number => {
    for (;;) {
      const high = uint32();
      const low = uint32();
      const u = ((high >>> 5) * 67108864 + (low >>> 6)) / 4503599627370496 - 1;
      const block = (high & 31) | ((low & 3) << 5); // bits that u does not use
      const x = u * blockEnds[block]!;
      if (Math.abs(u) < blockRatios[block]!) return x;
      if (block === 0) return normalTailDraw(uniform, u < 0);
      const above = Math.exp(-0.5 * (blockEnds[block]! ** 2 - x * x));
      const below = Math.exp(-0.5 * (blockEnds[block + 1]! ** 2 - x * x));
      if (below + uniform() * (above - below) < 1) return x;
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
