import { nobleEngine } from './noble-engine.ts';
import type { OtpEngine } from './otp-engine.ts';

let inUse = nobleEngine;

/** What this process computes with from now on. A key stays with the engine that it was made with. */
export function chooseEngine(engine: OtpEngine): void {
  inUse = engine;
}

export function engineInUse(): OtpEngine {
  return inUse;
}
