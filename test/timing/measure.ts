import { blankInput, type Check, type Comparison, type Input } from './subjects.ts';
import { worstT } from './welch.ts';

/** Returns a repeatable source for orders and inputs (mulberry32). Not for secrets. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Calls before the first measured one, until the engine has compiled the code. */
const WARM_UP = 50_000;

let sink: unknown;

/**
 * Returns the t between the two classes after `samples` calls of each in random order: drift of the
 * processor's clock, its caches or the garbage collector affects both alike.
 */
export function measure(check: Check, comparison: Comparison, samples: number, random: () => number): number {
  const times = [new Float64Array(samples), new Float64Array(samples)] as const;
  const filled = [0, 0];
  const { steps, values, keys } = comparison;
  const input = blankInput(comparison);
  for (let i = -WARM_UP; (filled[0] as number) < samples || (filled[1] as number) < samples; i++) {
    const chosen = random() < 0.5 ? 0 : 1;
    const at = Math.floor(random() * steps.length);
    input.key = keys[((at * 2) % keys.length) + chosen] as Input['key'];
    input.first = steps[at] as number;
    input.code.value = values[at * 2 + chosen] as number;
    const before = process.hrtime();
    sink = check(input);
    const after = process.hrtime();
    const to = filled[chosen] as number;
    if (i < 0 || to >= samples) continue;
    times[chosen][to] = (after[0] - before[0]) * 1e9 + after[1] - before[1];
    filled[chosen] = to + 1;
  }
  return worstT(times[0], times[1]);
}

export function lastResult(): unknown {
  return sink;
}
