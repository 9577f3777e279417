import { nobleEngine } from './noble-engine.ts';
import type { OtpEngine } from './otp-engine.ts';

let inUse = nobleEngine;

/**
 * Sets the engine of this process for keys made from now on. A key keeps the engine it was made
 * with.
 */
export function chooseEngine(engine: OtpEngine): void {
  inUse = engine;
}

export function engineInUse(): OtpEngine {
  return inUse;
}
