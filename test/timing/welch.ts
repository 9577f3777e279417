// Reparaz, Balasch, Verbauwhede, "Dude, is my code constant time?" (2017): Welch's t-test between
// the times of two classes of input. |t| above 4.5 is evidence that time distinguishes the classes.

/** The largest |t| that is not evidence. */
export const T_MAX = 4.5;
/**
 * Quantiles of all times at which to cut the tail, in which interrupts and the garbage collector
 * ran.
 */
const CROPS = [0.5, 0.75, 0.9, 0.95, 0.99, 1] as const;

/** Returns Welch's t of two samples. */
export function welchT(a: Float64Array, b: Float64Array): number {
  const [one, two] = [moments(a), moments(b)];
  return (one.mean - two.mean) / Math.sqrt(one.variance / a.length + two.variance / b.length);
}

/**
 * Returns the t of largest size over several crops of the slow tail: a difference may hide in the
 * bulk or in the tail. Crops are at times common to both classes, so they favor neither.
 */
export function worstT(a: Float64Array, b: Float64Array): number {
  const all = Float64Array.from([...a, ...b]).sort();
  let worst = 0;
  for (const crop of CROPS) {
    const limit = all[Math.min(all.length - 1, Math.floor(all.length * crop))] ?? Number.POSITIVE_INFINITY;
    const t = welchT(
      a.filter((time) => time <= limit),
      b.filter((time) => time <= limit),
    );
    if (Math.abs(t) > Math.abs(worst)) worst = t;
  }
  return worst;
}

function moments(sample: Float64Array): { mean: number; variance: number } {
  let mean = 0;
  for (const value of sample) mean += value / sample.length;
  let variance = 0;
  for (const value of sample) variance += (value - mean) ** 2 / (sample.length - 1);
  return { mean, variance };
}
