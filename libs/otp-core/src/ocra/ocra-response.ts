// RFC 6287, 7: one-way challenge-response, mutual challenge-response, and signatures.
import { codeOf, formatCode } from '../code.ts';
import { equalBytesBit } from '../equal-bit.ts';
import { OtpError } from '../errors.ts';
import type { HmacKey } from '../hmac-key.ts';
import { dynamicTruncate } from '../truncate.ts';
import { encodeChallenge } from './ocra-challenge.ts';
import { type OcraInputs, ocraMessage } from './ocra-message.ts';
import type { OcraSuite } from './ocra-suite.ts';

/**
 * What is asked, and by whom.
 *
 * `one-way` is also the plain signature (7.3: the challenge is what is signed). In the two mutual modes
 * (7.2, and 7.4 for a signature with server authentication) each side answers the other's challenge
 * first: `mutual-server` is OCRA(client | server), `mutual-client` OCRA(server | client).
 */
export type OcraQuestion =
  | { readonly mode: 'one-way'; readonly challenge: string }
  | {
      readonly mode: 'mutual-server' | 'mutual-client';
      readonly client_challenge: string;
      readonly server_challenge: string;
    };

export interface OcraOptions {
  /** See `encodeChallenge`. */
  readonly allow_colliding_challenges?: boolean;
}

/**
 * The response: 4 to 10 decimal digits, or the whole MAC in lower-case hexadecimal for a suite with 0
 * digits. The caller moves a counter on after each response (the prover) or after success (the verifier).
 * @throws OtpError `challenge-format`, `challenge-collides`, `hash-unknown` (a key of another hash),
 * `input-missing`, `input-not-in-suite`, and each input's own reason
 */
export function ocraResponse(
  key: HmacKey,
  suite: OcraSuite,
  question: OcraQuestion,
  inputs: OcraInputs = {},
  options: OcraOptions = {},
): string {
  if (key.hash !== suite.hash) throw new OtpError('hash-unknown', 'the key is of another hash than the suite');
  const challenge = challengeBytes(suite, question, options);
  const message = ocraMessage(suite, challenge, inputs);
  const mac = key.mac(message);
  message.fill(0);
  if (suite.digits === 0) return hex(mac);
  return formatCode(codeOf(dynamicTruncate(mac), suite.digits));
}

/**
 * Whether `response` is right, compared without branches. It is one try of one code: whoever calls it
 * counts tries. @throws OtpError as `ocraResponse`; a response of another form is merely wrong
 */
export function ocraMatches(
  key: HmacKey,
  suite: OcraSuite,
  question: OcraQuestion,
  response: string,
  inputs: OcraInputs = {},
  options: OcraOptions = {},
): boolean {
  const expected = ascii(ocraResponse(key, suite, question, inputs, options));
  const given = ascii(response.slice(0, expected.length + 1));
  const equal = equalBytesBit(expected, given) === 1;
  expected.fill(0);
  return equal;
}

function challengeBytes(suite: OcraSuite, question: OcraQuestion, { allow_colliding_challenges = false }: OcraOptions) {
  const { kind, length } = suite.challenge;
  if (question.mode === 'one-way') return encodeChallenge(kind, question.challenge, length, allow_colliding_challenges);
  // The PIN is the client's: a server has none to answer with (7.2).
  if (question.mode === 'mutual-server' && suite.pin !== undefined) {
    throw new OtpError('input-not-in-suite', 'a server response has no PIN: it needs a suite without one');
  }
  const { client_challenge, server_challenge } = question;
  if (client_challenge.length !== length || server_challenge.length !== length) {
    throw new OtpError('challenge-format', `each challenge must be ${length} characters of kind ${kind}`);
  }
  const both =
    question.mode === 'mutual-server' ? client_challenge + server_challenge : server_challenge + client_challenge;
  return encodeChallenge(kind, both, length * 2, allow_colliding_challenges);
}

// Table-free, so that no address depends on a digit.
function hex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += nibble(byte >>> 4) + nibble(byte & 0xf);
  return text;
}

function nibble(value: number): string {
  return String.fromCharCode(value + 0x30 + (((9 - value) >> 31) & 39));
}

function ascii(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0) & 0xff);
}
