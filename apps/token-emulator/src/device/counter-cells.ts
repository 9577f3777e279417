import { torn } from '../physics/memory.ts';

const COUNTER_BYTES = 4;
/** What four bytes hold. */
export const STORED_COUNTER_MAX: number = 2 ** (8 * COUNTER_BYTES) - 1;

/**
 * The counter that a program finds whose power went while it was written, at byte `at`: of one copy whatever lies there,
 * of two the former, whose check is right.
 */
export function counterAfterTear(before: number, after: number, at: number, copies: 1 | 2): number {
  if (copies === 2) return before;
  return Buffer.from(torn(bytesOf(before), bytesOf(after), at)).readUInt32BE(0);
}

/** Which byte is being written when the power goes. */
export function tornByte(draw: number): number {
  return Math.floor(draw * COUNTER_BYTES);
}

function bytesOf(counter: number): Uint8Array {
  const bytes = Buffer.alloc(COUNTER_BYTES);
  bytes.writeUInt32BE(Math.min(counter, STORED_COUNTER_MAX));
  return bytes;
}
