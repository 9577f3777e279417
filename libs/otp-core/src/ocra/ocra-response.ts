// RFC 6287, 7: one-way challenge-response, mutual challenge-response, and signatures.
import { codeOf, formatCode, powerOfTen } from '../code.ts';
import { isZero } from '../constant-time.ts';
import { dynamicTruncate } from '../engine/truncate.ts';
import { OtpError } from '../errors.ts';
import type { HmacKey } from '../hmac-key.ts';
import { matchBit } from '../window.ts';
import { encodeChallenge } from './ocra-challenge.ts';
import { type OcraInputs, ocraMessage } from './ocra-message.ts';
import type { OcraSuite } from './ocra-suite.ts';

/**
 * The challenge or challenges, and the side that computes the response.
 *
 * `one-way` is also the plain signature (7.3: the challenge is the data to sign). In the two mutual
 * modes (7.2, and 7.4 for a signature with server authentication) each side puts the other's
 * challenge first: `mutual-server` is OCRA(client | server), `mutual-client` OCRA(server | client).
 */
export type OcraQuestion =
  | { readonly mode: 'one-way'; readonly challenge: string }
  | {
      readonly mode: 'mutual-server' | 'mutual-client';
      readonly clientChallenge: string;
      readonly serverChallenge: string;
    };

export interface OcraOptions {
  /** See `encodeChallenge`. */
  readonly allowCollidingChallenges?: boolean;
}

/**
 * Returns the response: 4 to 10 decimal digits, or the whole MAC in lower-case hexadecimal for a
 * suite with 0 digits. The caller increments the counter: a prover after each response, a verifier
 * after success.
 * @throws OtpError `challenge-format`, `challenge-collides`, `hash-unknown` (the key's hash is not
 * the suite's), `input-missing`, `input-not-in-suite`, and the reason of each malformed input
 */
export function ocraResponse(
  key: HmacKey,
  suite: OcraSuite,
  question: OcraQuestion,
  inputs: OcraInputs = {},
  options: OcraOptions = {},
): string {
  const mac = macOf(key, suite, question, inputs, options);
  const response = suite.digits === 0 ? hex(mac) : formatCode(codeOf(dynamicTruncate(mac), suite.digits));
  key.forget();
  return response;
}

/**
 * Returns whether `response` is right, compared without branches. Each call is one try of one code:
 * the caller counts tries. A response of another form is wrong, not an error.
 * @throws OtpError as `ocraResponse`
 */
export function ocraMatches(
  key: HmacKey,
  suite: OcraSuite,
  question: OcraQuestion,
  response: string,
  inputs: OcraInputs = {},
  options: OcraOptions = {},
): boolean {
  const mac = macOf(key, suite, question, inputs, options);
  const matches = suite.digits === 0 ? matchesHex(mac, response) : matchesCode(mac, suite.digits, response);
  key.forget();
  return matches === 1;
}

function macOf(key: HmacKey, suite: OcraSuite, question: OcraQuestion, inputs: OcraInputs, options: OcraOptions) {
  if (key.hash !== suite.hash) throw new OtpError('hash-unknown', 'the key is of another hash than the suite');
  const message = ocraMessage(suite, challengeBytes(suite, question, options), inputs);
  const mac = key.mac(message);
  message.fill(0);
  return mac;
}

/** Compares only the number: the expected code is never written as text. */
function matchesCode(mac: Uint8Array, digits: number, response: string): number {
  if (response.length !== digits || !/^[0-9]+$/.test(response)) return 0;
  return matchBit(dynamicTruncate(mac), powerOfTen(digits), Number(response));
}

function matchesHex(mac: Uint8Array, response: string): number {
  if (response.length !== mac.length * 2 || !/^[0-9a-f]+$/.test(response)) return 0;
  let difference = 0;
  for (let i = 0; i < mac.length; i++)
    difference |= (mac[i] as number) ^ Number.parseInt(response.slice(i * 2, i * 2 + 2), 16);
  return isZero(difference);
}

function challengeBytes(suite: OcraSuite, question: OcraQuestion, options: OcraOptions): Uint8Array {
  const { kind, length } = suite.challenge;
  const allow = options.allowCollidingChallenges ?? false;
  switch (question.mode) {
    case 'one-way':
      return encodeChallenge(kind, question.challenge, length, allow);
    case 'mutual-server':
      // The PIN is the client's: a server response has none (7.2).
      if (suite.pin !== undefined) {
        throw new OtpError('input-not-in-suite', 'a server response has no PIN: it needs a suite without one');
      }
      return encodeBoth(suite, question.clientChallenge, question.serverChallenge, allow);
    case 'mutual-client':
      return encodeBoth(suite, question.serverChallenge, question.clientChallenge, allow);
  }
}

function encodeBoth(
  { challenge: { kind, length } }: OcraSuite,
  own: string,
  other: string,
  allow: boolean,
): Uint8Array {
  if (own.length !== length || other.length !== length) {
    throw new OtpError('challenge-format', `each challenge must be ${length} characters of kind ${kind}`);
  }
  return encodeChallenge(kind, own + other, length * 2, allow);
}

function hex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += nibble(byte >>> 4) + nibble(byte & 0xf);
  return text;
}

function nibble(value: number): string {
  return String.fromCharCode(value + 0x30 + (((9 - value) >> 31) & 39));
}
