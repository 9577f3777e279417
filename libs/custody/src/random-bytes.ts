/** Fresh random bytes, made by `secretBytes`: a port, so that tests can seed it. */
export type RandomBytes = (length: number) => Uint8Array;
