import { torn } from '../physics/memory.ts';

const COUNTER_BYTES = 4;
/** The largest count that four bytes hold. */
export const STORED_COUNTER_MAX: number = 2 ** (8 * COUNTER_BYTES) - 1;

/**
 * Returns the counter that the program finds after power was lost while byte `at` was being
 * written. A single copy is torn. Of two copies, the old one is still intact and is used.
 */
export function counterAfterTear(before: number, after: number, at: number, copies: 1 | 2): number {
  if (copies === 2) return before;
  return Buffer.from(torn(bytesOf(before), bytesOf(after), at)).readUInt32BE(0);
}

/** Picks the byte that is being written when power is lost. */
export function tornByte(draw: number): number {
  return Math.floor(draw * COUNTER_BYTES);
}

function bytesOf(counter: number): Uint8Array {
  const bytes = Buffer.alloc(COUNTER_BYTES);
  bytes.writeUInt32BE(Math.min(counter, STORED_COUNTER_MAX));
  return bytes;
}
