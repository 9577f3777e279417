/** Custodians of one root key: as many shares as SLIP-39 numbers. */
export const CUSTODIANS_MAX = 16;
/** Names of callers, custodians and requests: room for a UUID and a prefix. */
export const NAME_CHARS_MAX = 64;
