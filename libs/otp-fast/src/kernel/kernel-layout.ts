// Where the kernels keep things in their one page of memory, in bytes: the same numbers as in kernel/layout.ts.

/** One vector of 16 bytes a word of the inner midstate, its lanes the keys. */
export const INNER_AT = 0;
export const OUTER_AT = 128;
/** One 32-bit integer a code. */
export const RESULTS_AT = 256;
/** The words of one key, the inner midstate first. */
export const KEY_AT = 17_152;
/** The first counters of keys that are derived: the high words of the four lanes, then the low ones. */
export const COUNTERS_AT = 18_816;
/** From here on there are only the kernel's constants, which are the standard's. */
export const CONSTANTS_AT = 20_480;
/** The four messages of a kernel that hashes some, each with room for its padding. */
export const MESSAGES_AT = 24_576;
export const LANE_BYTES = 1_024;
/** Codes in one call. */
export const CODES_MAX = 4_096;
