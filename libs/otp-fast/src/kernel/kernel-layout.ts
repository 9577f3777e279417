// The layout of the kernels' one page of memory, in bytes: the same numbers as in kernel/layout.ts.

/** A 16-byte vector for each word of the inner midstate; its lanes are the keys. */
export const INNER_AT = 0;
export const OUTER_AT = 128;
/** A 32-bit integer for each code. */
export const RESULTS_AT = 256;
/** The words of one key, the inner midstate first. */
export const KEY_AT = 17_152;
/** The first counters of derived keys: the high words of the four lanes, then the low words. */
export const COUNTERS_AT = 18_816;
/** From here on: the kernel's constants, which come from the standard. */
export const CONSTANTS_AT = 20_480;
/** The four messages of a kernel that hashes messages, each with room for its padding. */
export const MESSAGES_AT = 24_576;
export const LANE_BYTES = 1_024;
/** The most codes in one call. */
export const CODES_MAX = 4_096;
