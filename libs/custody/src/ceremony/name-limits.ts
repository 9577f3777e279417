/** Custodians of one root key: the number of shares that SLIP-39 allows. */
export const CUSTODIANS_MAX = 16;
/** Length of the names of callers, custodians and requests: room for a UUID and a prefix. */
export const NAME_CHARS_MAX = 64;
