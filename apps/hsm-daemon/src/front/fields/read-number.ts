import { MalformedRequest } from '../errors/front-errors.ts';

/** A 64-bit field, which the codec gives as text. */
export function readIndex(field: string, text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0) throw new MalformedRequest(field, 'must be a whole number below 2^53');
  return value;
}
