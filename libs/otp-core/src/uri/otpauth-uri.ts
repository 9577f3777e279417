// The otpauth:// URI that authenticator apps read from QR codes. There is no standard: this is the
// key URI format of Google Authenticator's documentation, parsed strictly.
import { DIGITS_MAX, HOTP_DIGITS_MIN } from '../code.ts';
import { COUNTER_MAX } from '../counter.ts';
import type { HashName } from '../engine/otp-engine.ts';
import { OtpError } from '../errors.ts';
import { KEY_BYTES_MAX, KEY_BYTES_MIN, SHORT_KEY_BYTES_MIN } from '../hmac-key.ts';
import { Secret } from '../secret.ts';
import { PERIOD_S_MAX } from '../totp.ts';
import { decodeBase32, encodeBase32 } from './base32.ts';
import { canonicalUri } from './canonical-uri.ts';

/** The contents of a URI. The caller owns and wipes the secret. */
export interface OtpAuth {
  readonly type: 'hotp' | 'totp';
  /** The provider of the account; empty when the URI names none. */
  readonly issuer: string;
  readonly account: string;
  readonly secret: Secret;
  readonly hash: HashName;
  readonly digits: number;
  /** The time step in seconds, for `totp`. */
  readonly periodSeconds: number;
  /** The next counter, for `hotp`. */
  readonly counter: number;
}

/** The contents of a URI that an app wrote in its own way. */
export interface LenientOtpAuth extends OtpAuth {
  /**
   * What was not as the format says, each as a noun phrase; empty for a URI that the strict form
   * accepts.
   */
  readonly forgiven: readonly string[];
}

export interface LenientOptions {
  readonly lenient: true;
  /**
   * Accepts secrets of 80 to 127 bits, which many services still issue. RFC 4226, R6 forbids them.
   */
  readonly allowShortSecret?: boolean;
}

/** Room for the longest secret and for names. */
export const URI_CHARS_MAX = 4_096;
/**
 * Controls, direction marks, line ends and half surrogate pairs: a name with one looks like
 * another. The joiners are letters of Persian words.
 */
const INVISIBLE = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;
const ALGORITHMS: ReadonlyMap<string, HashName> = new Map([
  ['SHA1', 'sha1'],
  ['SHA256', 'sha256'],
  ['SHA512', 'sha512'],
]);
const COMMON = ['secret', 'issuer', 'algorithm', 'digits'];
const PARAMETERS = { hotp: [...COMMON, 'counter'], totp: [...COMMON, 'period'] } as const;

/**
 * Parses a URI strictly: every parameter is known and occurs once, the secret is upper-case Base32
 * of at least 128 bits, and the two places that may name the issuer agree.
 * @throws OtpError `uri-format`, `base32-format`
 */
export function parseOtpAuth(uri: string): OtpAuth;
/**
 * Parses what apps write in other ways as well, and lists what it forgave.
 * @throws OtpError `uri-format`, `base32-format`
 */
export function parseOtpAuth(uri: string, options: LenientOptions): LenientOtpAuth;
export function parseOtpAuth(uri: string, options?: LenientOptions): OtpAuth {
  if (options === undefined) return parseStrict(uri, KEY_BYTES_MIN);
  const { uri: canonical, forgiven } = canonicalUri(uri);
  const auth = parseStrict(canonical, options.allowShortSecret === true ? SHORT_KEY_BYTES_MIN : KEY_BYTES_MIN);
  const isShort = auth.secret.length < KEY_BYTES_MIN;
  const read: LenientOtpAuth = { ...auth, forgiven: isShort ? [...forgiven, 'a secret under 128 bits'] : forgiven };
  return read;
}

/** @param secretBytesMin what the caller accepts */
function parseStrict(uri: string, secretBytesMin: number): OtpAuth {
  if (uri.length > URI_CHARS_MAX) malformed(`is longer than ${URI_CHARS_MAX} characters`);
  const [, type, labelText = '', query = ''] = /^otpauth:\/\/([a-z]+)\/([^/?#]+)\?([^?#]+)$/.exec(uri) ?? [];
  if (type !== 'hotp' && type !== 'totp') malformed('must begin with otpauth://totp/ or otpauth://hotp/');
  const label = readLabel(decode(labelText));
  const given = readParameters(query, PARAMETERS[type]);
  const issuer = readIssuer(label.issuer, given.get('issuer'));
  if (type === 'hotp' && !given.has('counter')) malformed('has no counter');
  return {
    type,
    issuer,
    account: label.account,
    ...readCodeParameters(given),
    secret: readSecret(given.get('secret'), secretBytesMin),
  };
}

/**
 * Builds a URI, and checks that `parseOtpAuth` reads the same back. It contains the secret in
 * clear.
 * @throws OtpError `uri-format`
 */
export function buildOtpAuth(auth: OtpAuth): string {
  const uri = writeUri(auth);
  const read = parseOtpAuth(uri);
  read.secret.wipe();
  const same = read.issuer === auth.issuer && read.account === auth.account;
  return same ? uri : malformed('would not be read back with these names');
}

function writeUri({ type, issuer, account, secret, hash, digits, periodSeconds, counter }: OtpAuth): string {
  if (!`${issuer}${account}`.isWellFormed()) malformed('must not have half a surrogate pair in its names');
  const label =
    issuer === '' ? encodeURIComponent(account) : `${encodeURIComponent(issuer)}:${encodeURIComponent(account)}`;
  const parameters = [
    `secret=${encodeBase32(secret.expose())}`,
    ...(issuer === '' ? [] : [`issuer=${encodeURIComponent(issuer)}`]),
    `algorithm=${hash.toUpperCase()}`,
    `digits=${digits}`,
    type === 'hotp' ? `counter=${counter}` : `period=${periodSeconds}`,
  ];
  return `otpauth://${type}/${label}?${parameters.join('&')}`;
}

function readLabel(label: string): { readonly issuer: string; readonly account: string } {
  const [first = '', second, ...more] = label.split(':');
  if (more.length > 0) malformed('has a label with two colons');
  const [issuer, account] = second === undefined ? ['', first] : [first, second.replace(/^ +/, '')];
  if (account === '' || (second !== undefined && issuer === '')) malformed('has an empty name in its label');
  return { issuer, account };
}

function readIssuer(inLabel: string, inQuery: string | undefined): string {
  if (inLabel !== '' && inQuery !== undefined && inQuery !== inLabel) malformed('names two issuers');
  if (inQuery?.includes(':') === true) malformed('has an issuer with a colon');
  return inQuery ?? inLabel;
}

function readCodeParameters(
  given: ReadonlyMap<string, string>,
): Pick<OtpAuth, 'hash' | 'digits' | 'periodSeconds' | 'counter'> {
  return {
    hash: ALGORITHMS.get(given.get('algorithm') ?? 'SHA1') ?? malformed('has an unknown algorithm'),
    digits: readInteger(given.get('digits') ?? '6', HOTP_DIGITS_MIN, DIGITS_MAX, 'digits'),
    periodSeconds: readInteger(given.get('period') ?? '30', 1, PERIOD_S_MAX, 'period'),
    counter: readInteger(given.get('counter') ?? '0', 0, COUNTER_MAX, 'counter'),
  };
}

function readParameters(query: string, known: readonly string[]): ReadonlyMap<string, string> {
  const given = new Map<string, string>();
  for (const parameter of query.split('&')) {
    const equals = parameter.indexOf('=');
    const [name, value] = [parameter.slice(0, equals), parameter.slice(equals + 1)];
    if (equals < 0 || !known.includes(name)) malformed('has an unknown parameter');
    if (value.includes('=')) malformed(`has padding in its ${name}: leave out each "="`);
    if (given.has(name)) malformed('has a parameter twice');
    // Base32 needs no escapes. Rejecting them leaves one text for one secret.
    given.set(name, name === 'secret' ? value : decode(value));
  }
  return given;
}

function readInteger(text: string, min: number, max: number, name: string): number {
  const value = Number(text);
  if (!/^(0|[1-9][0-9]{0,15})$/.test(text) || value < min || value > max)
    malformed(`must have a ${name} of ${min} to ${max}`);
  return value;
}

function readSecret(text: string | undefined, bytesMin: number): Secret {
  if (text === undefined) malformed('has no secret');
  const secret = Secret.own(decodeBase32(text));
  if (secret.length >= bytesMin && secret.length <= KEY_BYTES_MAX) return secret;
  secret.wipe();
  return malformed(`must have a secret of ${bytesMin} to ${KEY_BYTES_MAX} bytes`);
}

function decode(text: string): string {
  const decoded = decodeOrUndefined(text) ?? malformed('has a broken percent-encoding');
  if (INVISIBLE.test(decoded)) malformed('has a control, direction or line character, or half a surrogate pair');
  return decoded;
}

function decodeOrUndefined(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function malformed(what: string): never {
  throw new OtpError('uri-format', `the URI ${what}`);
}
