// RFC 6287, 6: the OCRASuite, `OCRA-1:HOTP-<hash>-<digits>:<data input>`.

import type { HashName } from '../engine/otp-engine.ts';
import { OtpError } from '../errors.ts';

/** The format of a challenge (RFC 6287, 6.3). A: letters and digits, N: decimal, H: hexadecimal. */
export type ChallengeKind = 'A' | 'N' | 'H';

/** A checked OCRASuite. `text` is part of the data input, so it is kept byte for byte. */
export interface OcraSuite {
  readonly text: string;
  readonly hash: HashName;
  /** 0 for the whole MAC, else 4 to 10 decimal digits. */
  readonly digits: number;
  readonly counter: boolean;
  readonly challenge: { readonly kind: ChallengeKind; readonly length: number };
  /** The hash of the PIN. */
  readonly pin: HashName | undefined;
  readonly sessionBytes: number | undefined;
  readonly timeStepSeconds: number | undefined;
}

/** Longer than any suite the grammar allows. */
const SUITE_CHARS_MAX = 64;
// Maps, because every object has `__proto__`, which is not a hash.
const HASHES: ReadonlyMap<string, HashName> = new Map([
  ['SHA1', 'sha1'],
  ['SHA256', 'sha256'],
  ['SHA512', 'sha512'],
]);
/** RFC 6287, 6.3: [1-59]S, [1-59]M, [0-48]H. 0H is rejected: it would divide by zero. */
const TIME_UNITS: ReadonlyMap<string, { readonly seconds: number; readonly max: number }> = new Map([
  ['S', { seconds: 1, max: 59 }],
  ['M', { seconds: 60, max: 59 }],
  ['H', { seconds: 3600, max: 48 }],
]);

/** 48H, the longest time step of a suite: a policy's own periods end at a day. */
export const TIME_STEP_S_MAX = 172_800;

/**
 * Parses an OCRASuite.
 * @throws OtpError `suite-format`; the message names the malformed part
 */
export function parseOcraSuite(text: string): OcraSuite {
  if (text.length > SUITE_CHARS_MAX) malformed(`is longer than ${SUITE_CHARS_MAX} characters`);
  const [algorithm, cryptoFunction, dataInput, ...rest] = text.split(':');
  if (algorithm !== 'OCRA-1') malformed('does not begin with OCRA-1');
  if (cryptoFunction === undefined || dataInput === undefined || rest.length > 0) malformed('must have three parts');
  return { text, ...parseFunction(cryptoFunction), ...parseDataInput(dataInput.split('-')) };
}

function parseFunction(text: string): { readonly hash: HashName; readonly digits: number } {
  const [, hashName = '', digitsText = ''] = /^HOTP-(SHA[0-9]+)-([0-9]+)$/.exec(text) ?? [];
  const hash = HASHES.get(hashName);
  if (hash === undefined) malformed('must name HOTP-SHA1, HOTP-SHA256 or HOTP-SHA512');
  if (!/^(0|[4-9]|10)$/.test(digitsText)) malformed('must ask for 0 or 4 to 10 digits');
  return { hash, digits: Number(digitsText) };
}

/** Parses the data input. Its parts have one order: [C] Q [P] [S] [T]. */
function parseDataInput(parts: readonly string[]): Omit<OcraSuite, 'text' | 'hash' | 'digits'> {
  const left = [...parts];
  const take = (letter: string) => (left[0]?.startsWith(letter) ? left.shift() : undefined);
  const counter = take('C');
  if (counter !== undefined && counter !== 'C') malformed('has a counter that is not C alone');
  const challenge = parseChallenge(take('Q') ?? malformed('has no challenge Q, or not after the counter'));
  const pin = parsePin(take('P'));
  const sessionBytes = parseSession(take('S'));
  const timeStepSeconds = parseTimeStep(take('T'));
  if (left.length > 0) malformed('has an unknown, repeated or misplaced input');
  return { counter: counter !== undefined, challenge, pin, sessionBytes, timeStepSeconds };
}

function parseChallenge(text: string): OcraSuite['challenge'] {
  const [, kind, lengthText] = /^Q([ANH])([0-9]{2})$/.exec(text) ?? [];
  const length = Number(lengthText);
  if (kind === undefined || length < 4 || length > 64) malformed('must have a challenge QA, QN or QH of 04 to 64');
  return { kind: kind as ChallengeKind, length };
}

function parsePin(text: string | undefined): HashName | undefined {
  if (text === undefined) return undefined;
  return HASHES.get(text.slice(1)) ?? malformed('must hash the PIN as PSHA1, PSHA256 or PSHA512');
}

function parseSession(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const bytes = /^S[0-9]{3}$/.test(text) ? Number(text.slice(1)) : 0;
  return bytes >= 1 && bytes <= 512 ? bytes : malformed('must have session information of S001 to S512');
}

function parseTimeStep(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const [, countText = '', unitName = ''] = /^T([1-9][0-9]?)([SMH])$/.exec(text) ?? [];
  const unit = TIME_UNITS.get(unitName);
  const count = Number(countText);
  if (unit === undefined || count > unit.max) malformed('must have a time step of 1-59S, 1-59M or 1-48H');
  return count * unit.seconds;
}

function malformed(what: string): never {
  throw new OtpError('suite-format', `the suite ${what}`);
}
