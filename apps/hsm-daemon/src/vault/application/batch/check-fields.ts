import { HOLDERS_MAX } from '../../../boundary/limits.ts';
import { Fault } from './fault.ts';

/** @throws Fault `malformed` */
export function assert(right: boolean, what: string): asserts right {
  if (!right) throw new Fault('malformed', `the ${what} is malformed`);
}

export function isName(text: unknown, charsMax: number): boolean {
  return typeof text === 'string' && text.length <= charsMax && /^[\x20-\x7e]+$/.test(text);
}

export function isSubjectName(text: unknown): boolean {
  return typeof text === 'string' && /^(card\/[0-9]{16}|customer\/[0-9]{4,20})$/.test(text);
}

/** Normalized by the front: `989` and nine digits. */
export function isMobileNumber(text: unknown): boolean {
  return typeof text === 'string' && /^989[0-9]{9}$/.test(text);
}

export function arePeople(ids: readonly string[]): boolean {
  return (
    Array.isArray(ids) &&
    ids.length <= HOLDERS_MAX &&
    // `every` skips the holes of an array; a copy has none.
    Array.from(ids).every((id) => typeof id === 'string' && /^[0-9]{10,11}$/.test(id))
  );
}
