// Injection tokens for the front's providers and controllers. Each names a value that the daemon
// was started with.

export const BANK_PROFILE: unique symbol = Symbol('bank profile');
export const STOPPING: unique symbol = Symbol('stopping');
export const VERSION: unique symbol = Symbol('version');
export const REALM: unique symbol = Symbol('realm');
export const LOGGER: unique symbol = Symbol('logger');
/** Milliseconds of a clock that only goes forward. */
export const MONOTONIC_CLOCK: unique symbol = Symbol('monotonic clock');
/** Milliseconds since the Unix epoch. */
export const WALL_CLOCK: unique symbol = Symbol('wall clock');
