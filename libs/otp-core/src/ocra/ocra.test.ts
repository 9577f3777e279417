import { createHash, createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reasonOf } from '../../../../test/harness/reason-of.ts';
import {
  type HashName,
  HmacKey,
  type OcraInputs,
  type OcraQuestion,
  ocraMatches,
  ocraResponse,
  parseOcraSuite,
  Secret,
} from '../index.ts';

const SEED_BYTES: Record<HashName, number> = { sha1: 20, sha256: 32, sha512: 64 };
const rfcKey = (hash: HashName) =>
  HmacKey.from(hash, Secret.own(new TextEncoder().encode('1234567890'.repeat(7).slice(0, SEED_BYTES[hash]))));
const PIN_SHA1 = Uint8Array.from(createHash('sha1').update('1234').digest());
const T_MS = 0x132d0b6 * 60_000;

const respond = (suiteText: string, question: OcraQuestion | string, inputs: OcraInputs = {}) => {
  const suite = parseOcraSuite(suiteText);
  const asked = typeof question === 'string' ? ({ mode: 'one-way', challenge: question } as const) : question;
  return ocraResponse(rfcKey(suite.hash), suite, asked, inputs);
};

// RFC 6287, appendix C. Challenges 00000000, 11111111 ... 99999999 unless stated otherwise.
const SAME_DIGITS = Array.from({ length: 10 }, (_, digit) => String(digit).repeat(8));
const C1_SHA1 = '237653 243178 653583 740991 608993 388898 816933 224598 750600 294470'.split(' ');
const C1_COUNTER_PIN =
  '65347737 86775851 78192410 71565254 10104329 65983500 70069104 91771096 75011558 08522129'.split(' ');
const C1_PIN = '83238735 01501458 17957585 86776967 86807031'.split(' ');
const C1_COUNTER_512 =
  '07016083 63947962 70123924 25341727 33203315 34205738 44343969 51946085 20403879 31409299'.split(' ');
const C1_TIME = '95209754 55907591 22048402 24218844 36209546'.split(' ');

describe('OCRA (RFC 6287), appendix C.1: one-way', () => {
  it.each(SAME_DIGITS.map((challenge, i) => [challenge, C1_SHA1[i]]))('SHA-1, %s', (challenge, code) => {
    expect(respond('OCRA-1:HOTP-SHA1-6:QN08', challenge ?? '')).toBe(code);
  });

  it.each(C1_COUNTER_PIN.map((code, counter) => [counter, code] as const))(
    'SHA-256 with counter %i and PIN',
    (counter, code) => {
      expect(respond('OCRA-1:HOTP-SHA256-8:C-QN08-PSHA1', '12345678', { counter, pinHash: PIN_SHA1 })).toBe(code);
    },
  );

  it.each(C1_PIN.map((code, i) => [SAME_DIGITS[i] ?? '', code] as const))('SHA-256 with PIN, %s', (challenge, code) => {
    expect(respond('OCRA-1:HOTP-SHA256-8:QN08-PSHA1', challenge, { pinHash: PIN_SHA1 })).toBe(code);
  });

  it.each(C1_COUNTER_512.map((code, counter) => [counter, code] as const))(
    'SHA-512 with counter %i',
    (counter, code) => {
      expect(respond('OCRA-1:HOTP-SHA512-8:C-QN08', SAME_DIGITS[counter] ?? '', { counter })).toBe(code);
    },
  );

  it.each(C1_TIME.map((code, i) => [SAME_DIGITS[i] ?? '', code] as const))(
    'SHA-512 with time, %s',
    (challenge, code) => {
      expect(respond('OCRA-1:HOTP-SHA512-8:QN08-T1M', challenge, { timeMs: T_MS })).toBe(code);
    },
  );
});

const mutual = (mode: 'mutual-server' | 'mutual-client', i: number): OcraQuestion => ({
  mode,
  clientChallenge: `CLI2222${i}`,
  serverChallenge: `SRV1111${i}`,
});

describe('OCRA, appendix C.2: mutual', () => {
  it.each('28247970 01984843 65387857 03351211 83412541'.split(' ').map((code, i) => [i, code] as const))(
    'SHA-256 server %i',
    (i, code) => {
      expect(respond('OCRA-1:HOTP-SHA256-8:QA08', mutual('mutual-server', i))).toBe(code);
    },
  );
  it.each('15510767 90175646 33777207 95285278 28934924'.split(' ').map((code, i) => [i, code] as const))(
    'SHA-256 client %i',
    (i, code) => {
      expect(respond('OCRA-1:HOTP-SHA256-8:QA08', mutual('mutual-client', i))).toBe(code);
    },
  );
  it.each('79496648 76831980 12250499 90856481 12761449'.split(' ').map((code, i) => [i, code] as const))(
    'SHA-512 server %i',
    (i, code) => {
      expect(respond('OCRA-1:HOTP-SHA512-8:QA08', mutual('mutual-server', i))).toBe(code);
    },
  );
  it.each('18806276 70020315 01600026 18951020 32528969'.split(' ').map((code, i) => [i, code] as const))(
    'SHA-512 client with PIN %i',
    (i, code) => {
      expect(respond('OCRA-1:HOTP-SHA512-8:QA08-PSHA1', mutual('mutual-client', i), { pinHash: PIN_SHA1 })).toBe(code);
    },
  );
});

describe('OCRA, appendix C.3: plain signature', () => {
  it.each('53095496 04110475 31331128 76028668 46554205'.split(' ').map((code, i) => [i, code] as const))(
    'SHA-256 %i',
    (i, code) => {
      expect(respond('OCRA-1:HOTP-SHA256-8:QA08', `SIG1${i}000`)).toBe(code);
    },
  );
  it.each('77537423 31970405 10235557 95213541 65360607'.split(' ').map((code, i) => [i, code] as const))(
    'SHA-512 with time %i',
    (i, code) => {
      expect(respond('OCRA-1:HOTP-SHA512-8:QA10-T1M', `SIG1${i}00000`, { timeMs: T_MS })).toBe(code);
    },
  );
});

/** An independent OCRA, written from the standard on node:crypto alone. */
function reference(suite: string, hash: string, digits: number, parts: Buffer[]): string {
  const key = '1234567890'.repeat(7).slice(0, SEED_BYTES[hash as HashName]);
  const mac = createHmac(hash, key)
    .update(Buffer.concat([Buffer.from(`${suite}\0`), ...parts]))
    .digest();
  if (digits === 0) return mac.toString('hex');
  const word = mac.readUInt32BE((mac.at(-1) ?? 0) & 0xf) & 0x7fffffff;
  return String(word % 10 ** digits).padStart(digits, '0');
}

const u64 = (value: number) => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
};

describe('OCRA beyond the appendix', () => {
  it('equals the reference with all inputs together, for every hash and length', () => {
    const cases = fc.record({
      hash: fc.constantFrom<HashName>('sha1', 'sha256', 'sha512'),
      pin: fc.constantFrom<HashName>('sha1', 'sha256', 'sha512'),
      digits: fc.constantFrom(0, 4, 5, 6, 7, 8, 9, 10),
      length: fc.integer({ min: 4, max: 64 }),
      sessionBytes: fc.integer({ min: 1, max: 512 }),
      counter: fc.maxSafeNat(),
      minutes: fc.integer({ min: 1, max: 59 }),
      timeSeconds: fc.nat(2 ** 31),
      noise: fc.uint8Array({ minLength: 512, maxLength: 512 }),
    });
    fc.assert(
      fc.property(cases, ({ hash, pin, digits, length, sessionBytes, counter, minutes, timeSeconds, noise }) => {
        const pad = (value: number, width: number) => String(value).padStart(width, '0');
        const text = `OCRA-1:HOTP-${hash.toUpperCase()}-${digits}:C-QH${pad(length, 2)}-P${pin.toUpperCase()}-S${pad(sessionBytes, 3)}-T${minutes}M`;
        const challenge = Buffer.from(noise).toString('hex').slice(0, length);
        const pinHash = Uint8Array.from(createHash(pin).update('0000').digest());
        const session = noise.slice(0, sessionBytes);
        const q = Buffer.alloc(128);
        q.write(challenge.padEnd(256, '0'), 'hex');
        const expected = reference(text, hash, digits, [
          u64(counter),
          q,
          Buffer.from(pinHash),
          Buffer.from(session),
          u64(Math.floor(timeSeconds / 60 / minutes)),
        ]);
        const inputs = { counter, pinHash, session, timeMs: timeSeconds * 1000 };
        expect(respond(text, challenge, inputs)).toBe(expected);
        const suite = parseOcraSuite(text);
        const question = { mode: 'one-way', challenge } as const;
        expect(ocraMatches(rfcKey(hash), suite, question, expected, inputs)).toBe(true);
        const wrong = (expected.startsWith('0') ? '1' : '0') + expected.slice(1);
        for (const other of [wrong, expected.slice(1), `${expected}0`, '']) {
          expect(ocraMatches(rfcKey(hash), suite, question, other, inputs)).toBe(false);
        }
      }),
    );
  });

  it('rejects numbers that hash alike, unless collisions are allowed', () => {
    const suite = parseOcraSuite('OCRA-1:HOTP-SHA1-6:QN08');
    const key = rfcKey('sha1');
    const ask = (challenge: string, allow = false) =>
      ocraResponse(key, suite, { mode: 'one-way', challenge }, {}, { allowCollidingChallenges: allow });
    expect(ask('00000016', true)).toBe(ask('00000001'));
    expect(reasonOf(() => ask('00000016'))).toBe('challenge-collides');
  });

  // What other implementations answer, with the key of RFC 6287.
  it.each([
    ['00000016', '55789227'],
    ['12345680', '45405916'],
  ])('answers the colliding number %s with %s', (challenge, response) => {
    const suite = parseOcraSuite('OCRA-1:HOTP-SHA1-8:QN08');
    const question = { mode: 'one-way', challenge } as const;
    expect(ocraResponse(rfcKey('sha1'), suite, question, {}, { allowCollidingChallenges: true })).toBe(response);
  });

  it('never encodes two accepted challenges as the same bytes', () => {
    const suite = parseOcraSuite('OCRA-1:HOTP-SHA256-0:QN04');
    const key = rfcKey('sha256');
    const seen = new Set<string>();
    let taken = 0;
    for (let n = 0; n < 10_000; n++) {
      const challenge = String(n).padStart(4, '0');
      if (n % 16 === 0 && n !== 0) continue;
      seen.add(ocraResponse(key, suite, { mode: 'one-way', challenge }));
      taken += 1;
    }
    expect(seen.size).toBe(taken);
  });

  it.each([
    ['a short challenge', 'QN08', '1234567', {}, 'challenge-format'],
    ['a long challenge', 'QN08', '123456789', {}, 'challenge-format'],
    ['letters in a number', 'QN08', '1234567a', {}, 'challenge-format'],
    ['full-width digits', 'QN08', '１２３４５６７８', {}, 'challenge-format'],
    ['a sign in a text', 'QA08', '1234-678', {}, 'challenge-format'],
    ['a letter beyond f', 'QH08', '1234567g', {}, 'challenge-format'],
    ['a missing counter', 'C-QN08', '12345678', {}, 'input-missing'],
    ['a counter that the suite does not name', 'QN08', '12345678', { counter: 1 }, 'input-not-in-suite'],
    ['a negative counter', 'C-QN08', '12345678', { counter: -1 }, 'counter-range'],
    ['a PIN hash of another length', 'QN08-PSHA1', '12345678', { pinHash: new Uint8Array(32) }, 'pin-hash-length'],
    ['a session of another length', 'QN08-S064', '12345678', { session: new Uint8Array(63) }, 'session-length'],
    ['a time before 1970', 'QN08-T1M', '12345678', { timeMs: -1 }, 'time-range'],
  ] as const)('rejects %s', (_, dataInput, challenge, inputs, reason) => {
    expect(reasonOf(() => respond(`OCRA-1:HOTP-SHA1-6:${dataInput}`, challenge, inputs))).toBe(reason);
  });

  it('rejects a response in characters that look alike or have the same length', () => {
    const suite = parseOcraSuite('OCRA-1:HOTP-SHA1-6:QN08');
    const question = { mode: 'one-way', challenge: '11111111' } as const;
    const match = (response: string) => ocraMatches(rfcKey('sha1'), suite, question, response);
    expect(match('243178')).toBe(true);
    for (const other of [
      'ĲĴĳıķĸ',
      '24317\u{1E000}',
      '24317\u{1E000}GARBAGE',
      '２４３１７８',
      '243178 ',
      ' 243178',
      '2431788',
      '+43178',
    ]) {
      expect(match(other)).toBe(false);
    }
    const whole = parseOcraSuite('OCRA-1:HOTP-SHA1-0:QN08');
    const mac = ocraResponse(rfcKey('sha1'), whole, question);
    expect(ocraMatches(rfcKey('sha1'), whole, question, mac)).toBe(true);
    for (const other of [mac.toUpperCase(), `${mac.slice(0, -1)}${mac.endsWith('0') ? '1' : '0'}`, mac.slice(1)]) {
      expect(ocraMatches(rfcKey('sha1'), whole, question, other)).toBe(false);
    }
  });

  it('rejects a server response with a PIN, and a key of another hash', () => {
    expect(
      reasonOf(() => respond('OCRA-1:HOTP-SHA1-6:QA08-PSHA1', mutual('mutual-server', 0), { pinHash: PIN_SHA1 })),
    ).toBe('input-not-in-suite');
    const suite = parseOcraSuite('OCRA-1:HOTP-SHA1-6:QA08');
    expect(reasonOf(() => ocraResponse(rfcKey('sha256'), suite, mutual('mutual-server', 0)))).toBe('hash-unknown');
  });
});

describe('OCRA suites', () => {
  it.each([
    '',
    'OCRA-1',
    'OCRA-2:HOTP-SHA1-6:QN08',
    'ocra-1:HOTP-SHA1-6:QN08',
    'OCRA-1:HOTP-SHA1-6',
    'OCRA-1:HOTP-SHA1-6:QN08:',
    'OCRA-1:TOTP-SHA1-6:QN08',
    'OCRA-1:HOTP-SHA384-6:QN08',
    'OCRA-1:HOTP-SHA1-3:QN08',
    'OCRA-1:HOTP-SHA1-11:QN08',
    'OCRA-1:HOTP-SHA1-06:QN08',
    'OCRA-1:HOTP-SHA1-6:C',
    'OCRA-1:HOTP-SHA1-6:QN03',
    'OCRA-1:HOTP-SHA1-6:QN65',
    'OCRA-1:HOTP-SHA1-6:QN8',
    'OCRA-1:HOTP-SHA1-6:QX08',
    'OCRA-1:HOTP-SHA1-6:Q08',
    'OCRA-1:HOTP-SHA1-6:QN08-C',
    'OCRA-1:HOTP-SHA1-6:C-C-QN08',
    'OCRA-1:HOTP-SHA1-6:QN08-QN08',
    'OCRA-1:HOTP-SHA1-6:QN08-PMD5',
    'OCRA-1:HOTP-SHA1-6:QN08-T1M-PSHA1',
    'OCRA-1:HOTP-SHA1-6:QN08-S000',
    'OCRA-1:HOTP-SHA1-6:QN08-S513',
    'OCRA-1:HOTP-SHA1-6:QN08-S64',
    'OCRA-1:HOTP-SHA1-6:QN08-T60S',
    'OCRA-1:HOTP-SHA1-6:QN08-T0H',
    'OCRA-1:HOTP-SHA1-6:QN08-T49H',
    'OCRA-1:HOTP-SHA1-6:QN08-T01M',
    'OCRA-1:HOTP-SHA1-6:QN08-T1D',
    'OCRA-1:HOTP-SHA1-6:QN08-',
    'OCRA-1:HOTP-SHA1-6: QN08',
    'OCRA-1:HOTP-SHA1-6:QN08\n',
    `OCRA-1:HOTP-SHA1-6:QN08${'-'.repeat(100)}`,
    'OCRA-1:HOTP-toString-6:QN08',
    'OCRA-1:HOTP-SHA1-6:QN08-P__proto__',
  ])('rejects %j with a reason', (text) => {
    expect(reasonOf(() => parseOcraSuite(text))).toBe('suite-format');
  });

  it('parses the longest and the shortest suite', () => {
    expect(parseOcraSuite('OCRA-1:HOTP-SHA512-10:C-QH64-PSHA512-S512-T48H')).toMatchObject({
      hash: 'sha512',
      digits: 10,
      counter: true,
      challenge: { kind: 'H', length: 64 },
      pin: 'sha512',
      sessionBytes: 512,
      timeStepSeconds: 172_800,
    });
    expect(parseOcraSuite('OCRA-1:HOTP-SHA1-0:QA04')).toMatchObject({ digits: 0, counter: false, pin: undefined });
  });
});
