// Known answers through every way that the engine in use may take: it has one for a single code, another for a range of
// steps, another for several keys, another for several messages, and each may be a kernel of its own. Vectors: FIPS 180-4,
// RFC 2202, 4231, 4226, 6238; sums and beginnings of digests were computed by OpenSSL.
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

/** What is told when a way gives another answer than it must: it equals no known answer. */
export const DIFFERENT = 'the ways differ';
const HASHES: readonly HashName[] = ['sha1', 'sha256', 'sha512'];
const SEED_BYTES: Readonly<Record<HashName, number>> = { sha1: 20, sha256: 32, sha512: 64 };

const text = (value: string) => new TextEncoder().encode(value);

/** The MAC of RFC 2202 and 4231, case 1, when case 6, whose key is longer than a block, is right as well. */
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

/** Of messages whose paddings differ, from none to the longest that are hashed together, no two of them alike. */
const MESSAGES = [0, 3, 55, 56, 63, 64, 119, 120, 300, 951].map((length) =>
  Uint8Array.from({ length }, (_, i) => i * 7 + length),
);
const DIGESTS = 'e3b0c442 6ab0dba1 81afe5b7 2aba54f0 733d3d4e 79322907 6c87eedf 42500cf6 d7dfb274 0d705360';
const MACS = '999a9012 817b615a 2ffd8c97 b5e829da 5fa2f47c dc0cc15b 51acf3f7 4630b883 9ff02362 6dd085f9';

/** The digest of a message, 16 bytes of it, when those of `MESSAGES` are right, alone and together. */
export function digestsOf(message: string): string {
  const alone = MESSAGES.map((one) => beginning(sha256(one))).join(' ');
  const isRight = alone === DIGESTS && inTurns(sha256Each) === DIGESTS;
  return isRight ? hexOf(sha256(text(message))).slice(0, 32) : DIFFERENT;
}

/** The MAC of RFC 4231, when those of `MESSAGES` under its key are right, alone and together. */
export function macsOf(): string {
  using secret = Secret.copy(new Uint8Array(20).fill(0x0b));
  using key = HmacKey.from('sha256', secret);
  const alone = MESSAGES.map((one) => beginning(key.mac(one))).join(' ');
  const together = inTurns((count, write, take) => macEach(key, count, write, take));
  return alone === MACS && together === MACS ? hmacOf('sha256') : DIFFERENT;
}

/** All of them, first one by one and then more together than any engine has lanes; empty where the two differ. */
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

/** RFC 4226, appendix D: the code of counter 1, when the ten of the appendix are right. */
export function hotpOf(): string {
  using seed = seedOf('sha1');
  using key = HmacKey.from('sha1', seed);
  const codes = Array.from({ length: 10 }, (_, counter) => formatCode(hotp(key, counter, hotpDigits(6))));
  return codes.join(' ') === APPENDIX_D ? (codes[1] as string) : DIFFERENT;
}

const APPENDIX_D = '755224 287082 359152 969429 338314 254676 287922 162583 399871 520489';

/** RFC 6238, appendix B: the code of SHA-1 at 59 seconds, when all of the appendix is right, and every way to it. */
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

/** The first hundred, which come to every offset of the truncation, and those where the counter's high word turns. */
const COUNTERS = [...Array(100).keys(), ...[-3, -2, -1, 0, 1, 2].map((near) => 2 ** 32 + near), 2 ** 53 - 10];
/** The codes at `COUNTERS`, eight digits, each times its place from 1 on. */
const SUMS: Readonly<Record<HashName, number>> = {
  sha1: 251_394_556_150,
  sha256: 276_794_862_590,
  sha512: 318_371_268_783,
};
/** As few as are made one by one, and more than a kernel has lanes. */
const WINDOWS = [2, 9];
const KEYS = [2, 5];

/** Each code is the known one, and found at its step of a window, and at its key among others. */
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

/** The first of the keys is put at a place among the others, and it alone matches. */
function isAmongKeys([first, ...others]: readonly HmacKey[], code: Code, counter: number, at: number): boolean {
  const all = others.toSpliced(at, 0, first as HmacKey);
  return matchKeys(all, code, counter, 1).every((matches, i) => matches === Number(i === at));
}

/** The RFC's, and others that differ from it in one bit. */
function differentKeys(hash: HashName): HmacKey[] {
  return Array.from({ length: Math.max(...KEYS) }, (_, n) => {
    using seed = seedOf(hash);
    const bytes = seed.expose();
    bytes[n] = (bytes[n] as number) ^ (n === 0 ? 0 : 1);
    return HmacKey.from(hash, seed);
  });
}

/** The digits of the RFC's seed, repeated to the length of the hash. */
function seedOf(hash: HashName): Secret {
  return Secret.copy(text('1234567890'.repeat(7).slice(0, SEED_BYTES[hash])));
}

/** More than a kernel has lanes. */
const DERIVED_KEYS = 5;
const DERIVED_STEPS = 3;

/**
 * Whether codes of keys that are derived together, each from its own message and at its own steps, are those of keys
 * that are derived, made and asked one by one.
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

/** Where the counter's low word turns, and elsewhere. */
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
