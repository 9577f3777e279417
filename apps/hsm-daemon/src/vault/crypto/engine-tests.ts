// Known answers through every way that the engine in use may take: it has one for a single code, another for a range of
// steps, another for several keys, and each may be a kernel of its own. Vectors: FIPS 180-4, RFC 4231, 4226, 6238.
import { hexOf } from '@ramz/custody';
import {
  formatCode,
  type HashName,
  HmacKey,
  hotp,
  hotpDigits,
  matchKeys,
  matchWindow,
  parseCode,
  Secret,
  totp,
} from '@ramz/otp-core';
import { macEach, sha256, sha256Each } from '@ramz/otp-core/messages';

/** More than any engine has lanes, so that some are used twice, and not a multiple of them. */
const SEVERAL = 5;
/** What is told when one of the ways gives another answer than the rest: it equals no known answer. */
const DIFFERENT = 'the ways differ';

const text = (value: string) => new TextEncoder().encode(value);

/** The digest of a message, 16 bytes of it, made alone and among several. */
export function digestsOf(message: string): string {
  const bytes = text(message);
  const all = [hexOf(sha256(bytes))];
  for (const count of [1, SEVERAL]) sha256Each(count, writerOf(bytes), (_, digest) => all.push(hexOf(digest)));
  return agreed(all).slice(0, 32);
}

/** The MAC of a message under the key of RFC 4231, 4.2, made alone and among several. */
export function macsOf(message: string): string {
  using seed = Secret.copy(new Uint8Array(20).fill(0x0b));
  using key = HmacKey.from('sha256', seed);
  const bytes = text(message);
  const all = [hexOf(key.mac(bytes))];
  for (const count of [1, SEVERAL]) macEach(key, count, writerOf(bytes), (_, mac) => all.push(hexOf(mac)));
  return agreed(all);
}

/** RFC 4226, appendix D: the code of counter 1; it is also found in windows of every size, and beside other keys. */
export function hotpOf(): string {
  using seed = seedOf('sha1');
  using key = HmacKey.from('sha1', seed);
  const code = hotp(key, 1, hotpDigits(6));
  for (let count = 2; count < 2 * SEVERAL; count++) if (matchWindow(key, code, 0, count) !== 0b10) return DIFFERENT;
  return formatCode(code);
}

/** RFC 6238, appendix B: the codes of 59 seconds. */
const AT_59_SECONDS: Readonly<Record<HashName, string>> = { sha1: '94287082', sha256: '46119246', sha512: '90693936' };

/** RFC 6238, appendix B, with all three hashes: the code of SHA-1, when the other two are right as well. */
export function totpOf(): string {
  for (const hash of Object.keys(AT_59_SECONDS) as HashName[]) {
    if (codeAt59Seconds(hash) !== AT_59_SECONDS[hash]) return DIFFERENT;
  }
  return codeAt59Seconds('sha1');
}

/** Of one hash: by itself, in a window, and by several keys at once. */
function codeAt59Seconds(hash: HashName): string {
  using seed = seedOf(hash);
  const digits = hotpDigits(8);
  const keys = Array.from({ length: SEVERAL }, () => HmacKey.from(hash, seed));
  const [key] = keys as [HmacKey];
  const known = parseCode(AT_59_SECONDS[hash], digits);
  const found = [matchWindow(key, known, 0, SEVERAL), ...matchKeys(keys, known, 0, 2)];
  const shown = formatCode(totp(key, 59_000, { periodSeconds: 30, t0Seconds: 0 }, digits));
  for (const one of keys) one.wipe();
  return found.every((matches) => matches === 0b10) ? shown : DIFFERENT;
}

/** The digits of the RFC's seed, repeated to the length of the hash. */
function seedOf(hash: HashName): Secret {
  const bytes = { sha1: 20, sha256: 32, sha512: 64 }[hash];
  return Secret.copy(text('1234567890'.repeat(7).slice(0, bytes)));
}

function writerOf(bytes: Uint8Array): (i: number, into: Uint8Array) => number {
  return (_, into) => {
    into.set(bytes);
    return bytes.length;
  };
}

function agreed(all: readonly string[]): string {
  const [first = DIFFERENT] = all;
  return all.every((one) => one === first) ? first : DIFFERENT;
}
