// RFC 6287, 5.1: DataInput = OCRASuite | 00 | C | Q | P | S | T. An input that the suite does not
// name is absent, not zero. (Section 7 omits "suite | 00"; errata 4113 to 4115 restore it.)
import { assertCounter, COUNTER_BYTES, writeCounter } from '../counter.ts';
import { MAC_BYTES } from '../engine/otp-engine.ts';
import { OtpError } from '../errors.ts';
import { stepWithin } from '../totp.ts';
import { type OcraSuite, TIME_STEP_S_MAX } from './ocra-suite.ts';

/** The data inputs besides the challenge: exactly those that the suite names. */
export interface OcraInputs {
  /** C, the counter, 0 to 2^53 - 1. */
  readonly counter?: number;
  /** P, the hash of the PIN, as long as the suite's PIN hash. */
  readonly pinHash?: Uint8Array;
  /** S, the session information, exactly as many bytes as the suite says. */
  readonly session?: Uint8Array;
  /** T, given as the time in milliseconds since the Unix epoch. */
  readonly timeMs?: number;
}

/**
 * Builds the data input.
 * @throws OtpError `input-missing`, `input-not-in-suite`, and the reason of each malformed input
 */
export function ocraMessage(suite: OcraSuite, challenge: Uint8Array, inputs: OcraInputs): Uint8Array {
  const parts = [
    part(suite.counter ? true : undefined, inputs.counter, 'counter', (_, counter) => counterBytes(counter)),
    challenge,
    part(suite.pin, inputs.pinHash, 'PIN hash', (hash, pinHash) => exact(pinHash, MAC_BYTES[hash], 'pin-hash-length')),
    part(suite.sessionBytes, inputs.session, 'session', (bytes, session) => exact(session, bytes, 'session-length')),
    part(suite.timeStepSeconds, inputs.timeMs, 'time', (periodSeconds, timeMs) =>
      counterBytes(stepWithin(timeMs, { periodSeconds, t0Seconds: 0 }, TIME_STEP_S_MAX)),
    ),
  ];
  return join(suite.text, parts);
}

const NOTHING = new Uint8Array();

function part<Wanted, Given>(
  wanted: Wanted | undefined,
  given: Given | undefined,
  name: string,
  write: (wanted: Wanted, given: Given) => Uint8Array,
): Uint8Array {
  if (wanted === undefined && given === undefined) return NOTHING;
  if (wanted === undefined) throw new OtpError('input-not-in-suite', `the suite takes no ${name}`);
  if (given === undefined) throw new OtpError('input-missing', `the suite needs a ${name}`);
  return write(wanted, given);
}

function counterBytes(counter: number): Uint8Array {
  assertCounter(counter);
  const bytes = new Uint8Array(COUNTER_BYTES);
  writeCounter(counter, bytes);
  return bytes;
}

function exact(bytes: Uint8Array, length: number, reason: 'pin-hash-length' | 'session-length'): Uint8Array {
  if (bytes.length !== length) throw new OtpError(reason, `must be ${length} bytes`);
  return bytes;
}

function join(suite: string, parts: readonly Uint8Array[]): Uint8Array {
  // The suite is checked ASCII. The zero byte after it is already in the new array.
  const message = new Uint8Array(suite.length + 1 + parts.reduce((sum, bytes) => sum + bytes.length, 0));
  for (let i = 0; i < suite.length; i++) message[i] = suite.charCodeAt(i);
  let at = suite.length + 1;
  for (const bytes of parts) {
    message.set(bytes, at);
    at += bytes.length;
  }
  return message;
}
