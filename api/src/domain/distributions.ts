/** Normal and Student's t: tail probabilities and quantiles to about 1e-13 relative, from series and continued fractions. */

const rootTwoPi = Math.sqrt(2 * Math.PI);
const density = (z: number) => Math.exp(-0.5 * z * z) / rootTwoPi;

/** P(Z > z) for z ≥ 0: Marsaglia's series near the middle, Laplace's continued fraction in the tail. */
function normalTail(z: number): number {
  if (z < 2) {
    let term = z;
    let sum = z;
    for (let n = 3; term > sum * 1e-17; n += 2) {
      term *= (z * z) / n;
      sum += term;
    }
    return 0.5 - sum * density(z);
  }
  let fraction = z;
  for (let n = 200; n >= 1; n -= 1) fraction = z + n / fraction;
  return density(z) / fraction;
}

/**
 * P(Z > z) for a standard normal Z; precise in the far tail, unlike 1 − cdf.
 * @source Marsaglia (2004), Evaluating the normal distribution, J. Stat. Software 11(4); Abramowitz & Stegun 26.2.14
 * @example normalUpperTail(1.959963984540054) → 0.025
 */
export const normalUpperTail = (z: number): number => (z < 0 ? 1 - normalTail(-z) : normalTail(z));

/** P(Z ≤ z) for a standard normal Z. @example normalCdf(0) → 0.5 */
export const normalCdf = (z: number): number => normalUpperTail(-z);

/**
 * The z with P(Z > z) = tail, for 0 < tail < 1; ±Infinity at the ends, NaN outside [0, 1].
 * @source Newton's method on log P(Z > z), started from Abramowitz & Stegun 26.2.22
 * @example normalUpperQuantile(0.025) → 1.959963984540054
 */
export function normalUpperQuantile(tail: number): number {
  if (!(tail >= 0 && tail <= 1)) return Number.NaN;
  if (tail > 0.5) return -normalUpperQuantile(1 - tail);
  if (tail === 0) return Infinity;
  const s = Math.sqrt(-2 * Math.log(tail));
  let z = s - (2.30753 + 0.27061 * s) / (1 + s * (0.99229 + 0.04481 * s));
  for (let step = 0; step < 6; step += 1) {
    const reached = normalUpperTail(z);
    z += (reached / density(z)) * Math.log(reached / tail);
  }
  return z;
}

/** Γ(x + ½) / Γ(x), by its asymptotic series after moving x up to 60. Abramowitz & Stegun 6.1.47. */
function gammaHalfRatio(x: number): number {
  let factor = 1;
  let at = x;
  for (; at < 60; at += 1) factor *= at / (at + 0.5);
  const y = 1 / at;
  const series =
    1 + y * (-1 / 8 + y * (1 / 128 + y * (5 / 1024 + y * (-21 / 32768 + y * (-399 / 262144)))));
  return factor * Math.sqrt(at) * series;
}

/** Continued fraction of the incomplete beta function I_x(a, b), modified Lentz. Press et al., Numerical Recipes §6.4. */
function betaFraction(x: number, a: number, b: number): number {
  const guarded = (value: number) => (Math.abs(value) < 1e-300 ? 1e-300 : value);
  let c = 1;
  let d = 1 / guarded(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m < 100000; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    let change = 1;
    for (const term of [even, odd]) {
      d = 1 / guarded(1 + term * d);
      c = guarded(1 + term / c);
      change = c * d;
      fraction *= change;
    }
    if (Math.abs(change - 1) < 1e-16) break;
  }
  return fraction;
}

/** The normal place of t: exact to 1e-15 from about 1,000 degrees of freedom. Hill (1970), CACM 13, Algorithm 395. */
function normalPlace(t: number, degreesOfFreedom: number): number {
  if (degreesOfFreedom === Infinity) return t;
  const a = degreesOfFreedom - 0.5;
  const b = 48 * a * a;
  const w = a * Math.log1p((t * t) / degreesOfFreedom);
  const correction =
    ((((-0.4 * w - 3.3) * w - 24) * w - 85.5) / (0.8 * w * w + 100 + b) + w + 3) / b;
  return (correction + 1) * Math.sqrt(w);
}

/** P(T > t) for t ≥ 0. */
function tTail(t: number, degreesOfFreedom: number): number {
  if (degreesOfFreedom > 1000) return normalTail(normalPlace(t, degreesOfFreedom));
  const a = degreesOfFreedom / 2;
  const square = (t * t) / degreesOfFreedom;
  const x = 1 / (1 + square);
  // x^a (1−x)^½ / B(a, ½), common to both sides of the continued fraction's symmetry
  const front =
    (Math.exp(-a * Math.log1p(square)) * Math.sqrt(square * x) * gammaHalfRatio(a)) /
    Math.sqrt(Math.PI);
  return x < (a + 1) / (a + 2.5)
    ? (0.5 * front * betaFraction(x, a, 0.5)) / a
    : 0.5 - front * betaFraction(square * x, 0.5, a);
}

/**
 * P(T > t) for Student's t.
 * @param degreesOfFreedom > 0, not only whole; Infinity is the normal distribution
 * @source Abramowitz & Stegun 26.7.1, 26.5.27
 * @example tUpperTail(2.2281388519862747, 10) → 0.025
 */
export const tUpperTail = (t: number, degreesOfFreedom: number): number =>
  t < 0 ? 1 - tTail(-t, degreesOfFreedom) : tTail(t, degreesOfFreedom);

/** P(T ≤ t) for Student's t; see `tUpperTail`. @example tCdf(0, 5) → 0.5 */
export const tCdf = (t: number, degreesOfFreedom: number): number =>
  tUpperTail(-t, degreesOfFreedom);

const tDensity = (t: number, degreesOfFreedom: number) =>
  (gammaHalfRatio(degreesOfFreedom / 2) / Math.sqrt(degreesOfFreedom * Math.PI)) *
  Math.exp(-0.5 * (degreesOfFreedom + 1) * Math.log1p((t * t) / degreesOfFreedom));

/** A first guess: the normal quantile stretched by Peizer & Pratt's rule, exact in order for heavy tails too. */
function tGuess(z: number, tail: number, degreesOfFreedom: number): number {
  if (degreesOfFreedom <= 2) {
    return degreesOfFreedom <= 1
      ? Math.tan(Math.PI * (0.5 - tail))
      : (1 - 2 * tail) / Math.sqrt(2 * tail * (1 - tail));
  }
  const nu = degreesOfFreedom;
  return Math.sqrt(nu * Math.expm1((z * z * (nu - 5 / 6)) / (nu - 2 / 3 + 0.1 / nu) ** 2));
}

/**
 * The t with P(T > t) = tail, for 0 < tail < 1; ±Infinity at the ends, NaN outside [0, 1] or without degrees of freedom.
 * @param degreesOfFreedom > 0; Infinity is the normal distribution
 * @source Newton's method on log P(T > t) in log t, started from Peizer & Pratt (1968), JASA 63
 * @example tUpperQuantile(0.025, 10) → 2.2281388519862747
 */
export function tUpperQuantile(tail: number, degreesOfFreedom: number): number {
  if (!(tail >= 0 && tail <= 1) || !(degreesOfFreedom > 0)) return Number.NaN;
  if (tail > 0.5) return -tUpperQuantile(1 - tail, degreesOfFreedom);
  const z = normalUpperQuantile(tail);
  if (degreesOfFreedom === Infinity || z === Infinity || z === 0) return z;
  let t = tGuess(z, tail, degreesOfFreedom);
  for (let step = 0; step < 60; step += 1) {
    const reached = tUpperTail(t, degreesOfFreedom);
    const slope = tDensity(t, degreesOfFreedom);
    const change =
      tail > 0.25 // near the middle log t is steep, t itself is not
        ? t + (reached - tail) / slope
        : t * Math.exp((reached / (t * slope)) * Math.log(reached / tail));
    const done = Math.abs(change - t) <= 1e-8 * Math.abs(t); // the error left is of its square
    t = change;
    if (done) break;
  }
  return t;
}

/**
 * Multiplier of the standard error for a two-sided interval.
 * @param level confidence, 0 < level < 1, e.g. 0.95
 * @param degreesOfFreedom > 0; Infinity gives the normal 1.96
 * @returns t or z ≥ 0; NaN without degrees of freedom
 * @source as `tUpperQuantile`
 * @example twoSidedQuantile(0.95, 10) → 2.2281388519862747
 */
export const twoSidedQuantile = (level: number, degreesOfFreedom: number): number =>
  tUpperQuantile((1 - level) / 2, degreesOfFreedom);
