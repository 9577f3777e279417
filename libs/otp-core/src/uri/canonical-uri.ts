// The ways in which apps write otpauth:// URIs differently, each made as the format has it. There
// is no standard: these are the forms that Google Authenticator, Aegis, FreeOTP and Microsoft
// Authenticator write or read.
import { OtpError } from '../errors.ts';

/** A URI as the strict parser reads it. */
export interface CanonicalUri {
  readonly uri: string;
  readonly forgiven: readonly string[];
}

/** Longer than any real URI: the strict parser checks the result again. */
const CHARS_MAX = 8_192;
const KNOWN = ['secret', 'issuer', 'algorithm', 'digits', 'period', 'counter'];
const OF_OTHER_TYPE: Readonly<Record<string, string>> = { totp: 'counter', hotp: 'period' };
/**
 * Characters of the last one whose lowest bits are loose: by the number of characters left over.
 */
const LOOSE_BITS: Readonly<Record<number, number>> = { 2: 2, 4: 4, 5: 1, 7: 3 };
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/**
 * Returns the URI in its strict form, with a list of what was different.
 * @throws OtpError `uri-format` for a text that is no otpauth URI
 */
export function canonicalUri(uri: string): CanonicalUri {
  const forgiven: string[] = [];
  const forgive = (what: string, isThere: boolean) => {
    if (isThere && !forgiven.includes(what)) forgiven.push(what);
  };
  const [, scheme = '', type = '', label = '', query = ''] =
    /^(otpauth):\/\/([a-z]+)\/([^?#]*)\?([^#]*)$/i.exec(uri.length > CHARS_MAX ? '' : uri.trim()) ?? [];
  if (scheme === '') throw new OtpError('uri-format', 'the URI must begin with otpauth://totp/ or otpauth://hotp/');
  forgive('space around the URI', uri !== uri.trim());
  forgive('upper case in its scheme or type', `${scheme}${type}` !== `${scheme}${type}`.toLowerCase());
  const kind = type.toLowerCase();
  const parameters = readParameters(query, kind, forgive);
  const name = canonicalLabel(label, parameters, forgive);
  const text = [...parameters].map(([key, value]) => `${key}=${key === 'secret' ? value : encodeURIComponent(value)}`);
  return { uri: `otpauth://${kind}/${name}?${text.join('&')}`, forgiven };
}

type Forgive = (what: string, isThere: boolean) => void;

function readParameters(query: string, type: string, forgive: Forgive): Map<string, string> {
  const parameters = new Map<string, string>();
  for (const parameter of query.split('&')) {
    const equals = parameter.indexOf('=');
    const written = equals < 0 ? parameter : parameter.slice(0, equals);
    const key = written.toLowerCase();
    forgive('an empty parameter', parameter === '');
    forgive('a parameter in upper case', key !== written && KNOWN.includes(key));
    forgive(`the parameter ${key}`, parameter !== '' && !KNOWN.includes(key));
    forgive(`a ${key} in a ${type} URI`, OF_OTHER_TYPE[type] === key);
    if (equals < 0 || !KNOWN.includes(key) || OF_OTHER_TYPE[type] === key) continue;
    // The strict parser says which one it is.
    if (parameters.has(key)) throw new OtpError('uri-format', `the URI has the parameter ${key} twice`);
    parameters.set(key, canonicalValue(key, formDecoded(parameter.slice(equals + 1), key, forgive), forgive));
  }
  if (type === 'hotp' && !parameters.has('counter')) {
    forgive('a missing counter', true);
    parameters.set('counter', '0');
  }
  return parameters;
}

function canonicalValue(key: string, value: string, forgive: Forgive): string {
  if (key === 'secret') return canonicalSecret(value, forgive);
  if (key !== 'algorithm') return value;
  const hash = value
    .toUpperCase()
    .replace(/^HMAC-?/, '')
    .replace('-', '');
  forgive('another spelling of the algorithm', hash !== value);
  return hash;
}

/**
 * A secret is no secret any more in a URI: it is a text that the strict parser decodes in constant
 * time.
 */
function canonicalSecret(value: string, forgive: Forgive): string {
  const bare = value.replaceAll(/[\s-]/g, '');
  forgive('spaces or dashes in the secret', bare !== value);
  const upper = bare.toUpperCase();
  forgive('a secret in lower case', upper !== bare);
  const unpadded = upper.replace(/=+$/, '');
  forgive('padding of the secret', unpadded !== upper);
  const last = ALPHABET.indexOf(unpadded.at(-1) ?? '');
  const loose = LOOSE_BITS[unpadded.length % 8] ?? 0;
  const kept = last & ~((1 << loose) - 1);
  if (last < 0 || kept === last) return unpadded;
  forgive('loose bits at the end of the secret', true);
  return `${unpadded.slice(0, -1)}${ALPHABET[kept] ?? ''}`;
}

/**
 * A label of an issuer and an account. Where query and label name two issuers, the query's counts.
 */
function canonicalLabel(label: string, parameters: Map<string, string>, forgive: Forgive): string {
  const text = formDecoded(label, 'label', forgive).replace(/^\/+/, '');
  const colon = text.indexOf(':');
  const [inLabel, account] = colon < 0 ? ['', text] : [text.slice(0, colon), text.slice(colon + 1)];
  const issuer = (parameters.get('issuer') ?? inLabel).replaceAll(':', ' ').trim();
  forgive('two issuers', inLabel !== '' && inLabel.trim() !== issuer);
  forgive('a colon in the account', account.includes(':'));
  forgive('an empty account', account.trim() === '');
  const name = account.replaceAll(':', ' ').trim() || issuer || 'account';
  if (issuer === '') parameters.delete('issuer');
  else parameters.set('issuer', issuer);
  return issuer === '' ? encodeURIComponent(name) : `${encodeURIComponent(issuer)}:${encodeURIComponent(name)}`;
}

/** Percent-decoded; a `+` of a form is a space, except in an account such as `a+b@example.com`. */
function formDecoded(text: string, where: string, forgive: Forgive): string {
  const isForm = where !== 'label' && text.includes('+');
  forgive(`+ for a space in the ${where}`, isForm);
  try {
    return decodeURIComponent(isForm ? text.replaceAll('+', ' ') : text);
  } catch {
    throw new OtpError('uri-format', 'the URI has a broken percent-encoding');
  }
}
