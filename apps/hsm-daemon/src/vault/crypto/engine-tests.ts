// Known answers for every path of the engine in use. It has one path for a single code, one for a
// range of steps, one for several keys and one for several messages, and each may be a kernel of
// its own. Vectors: FIPS 180-4, RFC 2202, 4231, 4226, 6238. OpenSSL computed the sums and the
// prefixes of digests.
import { hexOf } from '@ramz/custody';
import {
  type Code,
  formatCode,
  type HashName,
  HmacKey,
  hotp,
  hotpDigits,
  matchKeys,
  matchWindow,
  Secret,
  totp,
} from '@ramz/otp-core';
import {
  derivedKeyBytes,
  macEach,
  matchDerived,
  sha256,
  sha256Each,
  type TakeDigest,
  type WriteMessage,
} from '@ramz/otp-core/messages';

/** The result when a path gives a wrong answer. It equals no known answer. */
export const DIFFERENT = 'the ways differ';
const HASHES: readonly HashName[] = ['sha1', 'sha256', 'sha512'];
const SEED_BYTES: Readonly<Record<HashName, number>> = { sha1: 20, sha256: 32, sha512: 64 };

const text = (value: string) => new TextEncoder().encode(value);

/** Returns the MAC of RFC 2202 and 4231, case 1, if case 6 (with a long key) is right too. */
export function hmacOf(hash: HashName): string {
  const long = macOf(hash, new Uint8Array(131).fill(0xaa), 'Test Using Larger Than Block-Size Key - Hash Key First');
  return long.startsWith(LONG_KEY[hash]) ? macOf(hash, new Uint8Array(20).fill(0x0b), 'Hi There') : DIFFERENT;
}

const LONG_KEY: Readonly<Record<HashName, string>> = {
  sha1: '90d0dace1c1bdc957339307803160335bde6df2b',
  sha256: '60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54',
  sha512: '80b24263c7c1a3ebb71493c1dd7be8b49b46d1f41b4aeec1121b013783f8f352',
};

function macOf(hash: HashName, bytes: Uint8Array, message: string): string {
  using secret = Secret.copy(bytes);
  using key = HmacKey.from(hash, secret);
  return hexOf(key.mac(text(message)));
}

/** Messages of different padding, no two alike, from empty to the longest in a batch. */
const MESSAGES = [0, 3, 55, 56, 63, 64, 119, 120, 300, 951].map((length) =>
  Uint8Array.from({ length }, (_, i) => i * 7 + length),
);
const DIGESTS = 'e3b0c442 6ab0dba1 81afe5b7 2aba54f0 733d3d4e 79322907 6c87eedf 42500cf6 d7dfb274 0d705360';
const MACS = '999a9012 817b615a 2ffd8c97 b5e829da 5fa2f47c dc0cc15b 51acf3f7 4630b883 9ff02362 6dd085f9';

/**
 * Returns the first 16 bytes of the digest of `message`, if the digests of `MESSAGES` are right,
 * one by one and in a batch.
 */
export function digestsOf(message: string): string {
  const alone = MESSAGES.map((one) => beginning(sha256(one))).join(' ');
  const isRight = alone === DIGESTS && inTurns(sha256Each) === DIGESTS;
  return isRight ? hexOf(sha256(text(message))).slice(0, 32) : DIFFERENT;
}

/** Returns the MAC of RFC 4231 if those of `MESSAGES` are right, one by one and in a batch. */
export function macsOf(): string {
  using secret = Secret.copy(new Uint8Array(20).fill(0x0b));
  using key = HmacKey.from('sha256', secret);
  const alone = MESSAGES.map((one) => beginning(key.mac(one))).join(' ');
  const together = inTurns((count, write, take) => macEach(key, count, write, take));
  return alone === MACS && together === MACS ? hmacOf('sha256') : DIFFERENT;
}

/** Hashes all, one by one and in a batch larger than any engine's lanes; empty if they differ. */
function inTurns(each: (count: number, write: WriteMessage, take: TakeDigest) => void): string {
  const singly = MESSAGES.map((_, at) => collected(1, at, each)).join(' ');
  return singly === collected(MESSAGES.length, 0, each) ? singly : '';
}

function collected(
  count: number,
  from: number,
  each: (count: number, write: WriteMessage, take: TakeDigest) => void,
): string {
  const all: string[] = [];
  const write: WriteMessage = (i, into) => {
    const message = MESSAGES[from + i] ?? new Uint8Array();
    into.set(message);
    return message.length;
  };
  each(count, write, (i, digest) => {
    all[i] = beginning(digest);
  });
  return all.join(' ');
}

function beginning(digest: Uint8Array): string {
  return hexOf(digest.subarray(0, 4));
}

/** Returns the code of counter 1 (RFC 4226, appendix D) if all ten of the appendix are right. */
export function hotpOf(): string {
  using seed = seedOf('sha1');
  using key = HmacKey.from('sha1', seed);
  const codes = Array.from({ length: 10 }, (_, counter) => formatCode(hotp(key, counter, hotpDigits(6))));
  return codes.join(' ') === APPENDIX_D ? (codes[1] as string) : DIFFERENT;
}

const APPENDIX_D = '755224 287082 359152 969429 338314 254676 287922 162583 399871 520489';

/**
 * Returns the SHA-1 code at 59 seconds (RFC 6238, appendix B) if the whole appendix and every path
 * are right.
 */
export function totpOf(): string {
  for (const hash of HASHES) {
    if (appendixB(hash) !== APPENDIX_B[hash] || !isRightEveryWay(hash)) return DIFFERENT;
  }
  return appendixB('sha1').slice(0, 8);
}

const TIMES_S = [59, 1_111_111_109, 1_111_111_111, 1_234_567_890, 2_000_000_000, 20_000_000_000];
const APPENDIX_B: Readonly<Record<HashName, string>> = {
  sha1: '94287082 07081804 14050471 89005924 69279037 65353130',
  sha256: '46119246 68084774 67062674 91819424 90698825 77737706',
  sha512: '90693936 25091201 99943326 93441116 38618901 47863826',
};

function appendixB(hash: HashName): string {
  using seed = seedOf(hash);
  using key = HmacKey.from(hash, seed);
  const steps = { periodSeconds: 30, t0Seconds: 0 };
  return TIMES_S.map((seconds) => formatCode(totp(key, seconds * 1_000, steps, hotpDigits(8)))).join(' ');
}

/** The first hundred reach every offset of the truncation. In others the high word changes. */
const COUNTERS = [...Array(100).keys(), ...[-3, -2, -1, 0, 1, 2].map((near) => 2 ** 32 + near), 2 ** 53 - 10];
/** The sum of the eight-digit codes at `COUNTERS`, each times its position, counted from 1. */
const SUMS: Readonly<Record<HashName, number>> = {
  sha1: 251_394_556_150,
  sha256: 276_794_862_590,
  sha512: 318_371_268_783,
};
/** One count for which codes are computed singly, and one above the lanes of a kernel. */
const WINDOWS = [2, 9];
const KEYS = [2, 5];

/** Checks that each code is the known one, found at its step and at its key among others. */
function isRightEveryWay(hash: HashName): boolean {
  const keys = differentKeys(hash);
  const [key] = keys as [HmacKey];
  let sum = 0;
  let isFound = true;
  COUNTERS.forEach((counter, i) => {
    const code = hotp(key, counter, hotpDigits(8));
    sum += code.value * (i + 1);
    for (const count of WINDOWS)
      isFound = isFound && isInWindow(key, code, counter, Math.min(i % count, counter), count);
    for (const count of KEYS) isFound = isFound && isAmongKeys(keys.slice(0, count), code, counter, i % count);
  });
  for (const one of keys) one.wipe();
  return isFound && sum === SUMS[hash];
}

function isInWindow(key: HmacKey, code: Code, counter: number, at: number, count: number): boolean {
  return matchWindow(key, code, counter - at, count) === 1 << at;
}

/** Puts the first key at position `at` among the others. Only that key may match. */
function isAmongKeys([first, ...others]: readonly HmacKey[], code: Code, counter: number, at: number): boolean {
  const all = others.toSpliced(at, 0, first as HmacKey);
  return matchKeys(all, code, counter, 1).every((matches, i) => matches === Number(i === at));
}

/** Returns the RFC's key and others that differ from it in one bit. */
function differentKeys(hash: HashName): HmacKey[] {
  return Array.from({ length: Math.max(...KEYS) }, (_, n) => {
    using seed = seedOf(hash);
    const bytes = seed.expose();
    bytes[n] = (bytes[n] as number) ^ (n === 0 ? 0 : 1);
    return HmacKey.from(hash, seed);
  });
}

/** Returns the digits of the RFC's seed, repeated to the seed length of the hash. */
function seedOf(hash: HashName): Secret {
  return Secret.copy(text('1234567890'.repeat(7).slice(0, SEED_BYTES[hash])));
}

/** More than the lanes of a kernel. */
const DERIVED_KEYS = 5;
const DERIVED_STEPS = 3;

/**
 * Checks that keys derived in a batch, each from its own message and at its own steps, give the
 * same codes as keys derived one by one.
 */
export function isRightDerived(master: HmacKey): boolean {
  return HASHES.every((hash) => {
    const codes = Array.from({ length: DERIVED_KEYS }, (_, i) => derivedCode(master, hash, i));
    const matches = new Int32Array(DERIVED_KEYS);
    const write: WriteMessage = (i, into) => writeDerivedMessage(i, into);
    const rows = { hash, count: DERIVED_KEYS, write, firstOf, codeOf: (i: number) => codes[i] as Code };
    matchDerived(master, rows, DERIVED_STEPS, matches);
    return matches.every((found, i) => found === 1 << (i % DERIVED_STEPS));
  });
}

/** Returns steps where the counter's low word wraps, and others. */
function firstOf(i: number): number {
  return 2 ** 32 - 2 + i * 977;
}

function derivedCode(master: HmacKey, hash: HashName, i: number): Code {
  const message = new Uint8Array(200);
  const mac = master.mac(message.subarray(0, writeDerivedMessage(i, message)));
  using seed = Secret.copy(mac.subarray(0, derivedKeyBytes(hash)));
  master.forget();
  using key = HmacKey.from(hash, seed);
  return hotp(key, firstOf(i) + (i % DERIVED_STEPS), hotpDigits(8));
}

function writeDerivedMessage(i: number, into: Uint8Array): number {
  const length = 100 + i * 13;
  into.fill(i + 1, 0, length);
  return length;
}
