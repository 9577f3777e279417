// The layout of the kernels' one page of memory, in bytes (src/kernel/kernel-layout.ts has the same
// numbers). The caller writes midstates, keys, counters and messages, and reads results. A part of
// the kernels that import it.

/**
 * A vector for each word of the midstates, whose lanes are the keys; the results; a vector for each
 * word of a state.
 */
export const INNER: usize = 0;
export const OUTER: usize = 128;
export const RESULTS: usize = 256;
export const DIGEST: usize = 16896;
/** The words of a single key, the inner midstate first. */
export const KEY: usize = 17152;
/** The state after the next block, and the words of a block, a vector for each. */
export const NEXT: usize = 17408;
export const WORDS: usize = 17536;
/**
 * The midstates and MACs of derived keys, and the lanes' counters: the high words, then the low.
 */
export const SEED_INNER: usize = 18432;
export const SEED_OUTER: usize = 18560;
export const MAC: usize = 18688;
export const COUNTERS: usize = 18816;
/** The four messages, each with room for its padding. */
export const MESSAGES: usize = 24576;
export const LANE_BYTES: usize = 1024;
/** The most codes in one call: the results end before the digest. */
export const CODES_MAX: i32 = 4096;
