import { nobleEngine } from '../../libs/otp-core/dist/engine.js';
import { type Code, HmacKey, hotp, hotpDigits, matchWindow, Secret } from '../../libs/otp-core/dist/index.js';
import { derivedKeyBytes, matchDerived } from '../../libs/otp-core/dist/messages.js';
import { derivingEngine } from '../../libs/otp-fast/dist/deriving.js';

/** The daemon's engine, or the library's default with RAMZ_OTP_ENGINE=noble. */
const ENGINE = process.env['RAMZ_OTP_ENGINE'] === 'noble' ? nobleEngine : derivingEngine;
const DIGITS = hotpDigits(6);
const WINDOW = 3;
const INPUTS = 4_096;
const KEY_PAIRS = 64;
const LAST_STEP = 2 ** 30;

/** A prepared call. The harness has one and refills it for each call. */
export interface Input {
  key: HmacKey;
  readonly code: { value: number; readonly digits: Code['digits'] };
  first: number;
}

/**
 * Two classes of input that must not be told apart by time. Only numbers in arrays: separate
 * objects would be in different places of memory for each class, and that alone is measurable.
 */
export interface Comparison {
  readonly name: string;
  readonly steps: Int32Array;
  /** The codes of both classes in turn, so that class a and class b read neighboring memory. */
  readonly values: Int32Array;
  /** Keys of class a and class b in turn, one pair or many, also made in turn. */
  readonly keys: readonly HmacKey[];
}

export type Check = (input: Input) => unknown;

/** The library's own check. */
export const constantTime: Check = ({ key, code, first }) => matchWindow(key, code, first, WINDOW);

const MASTER = HmacKey.from('sha256', Secret.copy(new Uint8Array(32).fill(0x5a)), ENGINE);
const MESSAGE = new Uint8Array(115).fill(7);
const found = new Int32Array(1);
const writeMessage = (_: number, into: Uint8Array): number => {
  into.set(MESSAGE);
  return MESSAGE.length;
};

/** The daemon's check: the key is derived for it, and erased after it. */
export const derivedInTime: Check = ({ code, first }) => {
  const codes = { hash: 'sha1', count: 1, write: writeMessage, firstOf: () => first, codeOf: () => code } as const;
  matchDerived(MASTER, codes, WINDOW, found);
  return found[0];
};

/** The key that `derivedInTime` derives. */
export function derivedKey(): HmacKey {
  return HmacKey.from('sha1', Secret.copy(MASTER.mac(MESSAGE).slice(0, derivedKeyBytes('sha1'))), ENGINE);
}

/** Planted: stops at the first match, like most libraries. The harness must catch it. */
export const stopsAtMatch: Check = ({ key, code, first }) => {
  for (let i = 0; i < WINDOW; i++) if (hotp(key, first + i, DIGITS).value === code.value) return true;
  return false;
};

/** Planted: compares digit by digit, and stops at the first difference. */
export const stopsAtDigit: Check = ({ key, code, first }) => {
  const expected = String(hotp(key, first, DIGITS).value).padStart(6, '0');
  const given = String(code.value).padStart(6, '0');
  let steps = 0;
  // A strcmp with a cost per digit, to imitate a slow comparison.
  for (let i = 0; i < 6 && expected[i] === given[i]; i++) for (let n = 0; n < 20; n++) steps = (steps * 31 + n) | 0;
  return steps;
};

/**
 * Returns comparisons by which step matches, whether any does, whose key it is, and how many digits
 * are right.
 */
export function comparisons(random: () => number, of?: HmacKey): Comparison[] {
  const fresh = () => HmacKey.from('sha1', Secret.copy(bytes(random)), ENGINE);
  const key = of ?? fresh();
  // The address of a single key is measurable, too: many keys of each class, made alternately.
  const many = Array.from({ length: KEY_PAIRS * 2 }, fresh);
  const steps = Int32Array.from({ length: INPUTS }, () => Math.floor(random() * LAST_STEP));
  const codeAt = (step: number) => hotp(key, step, DIGITS).value;
  const matching = (at: number) => steps.map((first) => codeAt(first + at));
  const changed = (by: (value: number) => number) => steps.map((first) => by(codeAt(first)));
  const none = changed((value) => (value + 500_000) % 1_000_000);
  const firstDigitRight = changed((value) => value - (value % 100_000) + (((value % 100_000) + 50_000) % 100_000));
  const lastDigitWrong = changed((value) => value - (value % 10) + ((value + 5) % 10));
  const versus = (name: string, a: Int32Array, b: Int32Array, keys: Comparison['keys'] = [key, key]): Comparison => {
    const values = Int32Array.from({ length: INPUTS * 2 }, (_, i) => (i % 2 ? b : a)[i >> 1] as number);
    return { name, steps, values, keys };
  };
  return [
    versus('match at the first step / no match', matching(0), none),
    versus('match at the last step / no match', matching(WINDOW - 1), none),
    versus('match at the first / at the last step', matching(0), matching(WINDOW - 1)),
    versus('known / unknown key', none, none, many),
    versus('first digit right / none right', firstDigitRight, none),
    versus('all digits but the last right / none right', lastDigitWrong, none),
  ];
}

/** Returns the one input that all calls share. */
export function blankInput({ keys }: Comparison): Input {
  return { key: keys[0] as HmacKey, code: { value: 0, digits: DIGITS }, first: 0 };
}

function bytes(random: () => number): Uint8Array {
  return Uint8Array.from({ length: 20 }, () => Math.floor(random() * 256));
}
