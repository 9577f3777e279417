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
