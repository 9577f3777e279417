// Every suite that the grammar of RFC 6287, 6 allows can be computed.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { MAC_BYTES } from '../engine/otp-engine.ts';
import { HmacKey, ocraResponse, parseOcraSuite, Secret } from '../index.ts';

const pad = (number: number, length: number) => String(number).padStart(length, '0');

it('computes every suite of the grammar of RFC 6287, 6', () => {
  const time = fc.oneof(
    fc.integer({ min: 1, max: 59 }).map((count) => `T${count}S`),
    fc.integer({ min: 1, max: 59 }).map((count) => `T${count}M`),
    fc.integer({ min: 1, max: 48 }).map((count) => `T${count}H`),
  );
  const suites = fc.record({
    hash: fc.constantFrom('SHA1', 'SHA256', 'SHA512'),
    digits: fc.constantFrom(0, 4, 5, 6, 7, 8, 9, 10),
    counter: fc.constantFrom('', 'C-'),
    kind: fc.constantFrom('A', 'N', 'H'),
    length: fc.integer({ min: 4, max: 64 }),
    pin: fc.constantFrom('', '-PSHA1', '-PSHA256', '-PSHA512'),
    session: fc.oneof(
      fc.constant(''),
      fc.integer({ min: 1, max: 512 }).map((bytes) => `-S${pad(bytes, 3)}`),
    ),
    time: fc.oneof(
      fc.constant(''),
      time.map((text) => `-${text}`),
    ),
  });
  fc.assert(
    fc.property(suites, ({ hash, digits, counter, kind, length, pin, session, time: step }) => {
      const text = `OCRA-1:HOTP-${hash}-${digits}:${counter}Q${kind}${pad(length, 2)}${pin}${session}${step}`;
      const suite = parseOcraSuite(text);
      const inputs = {
        ...(suite.counter && { counter: 7 }),
        ...(suite.pin !== undefined && { pinHash: new Uint8Array(MAC_BYTES[suite.pin]) }),
        ...(suite.sessionBytes !== undefined && { session: new Uint8Array(suite.sessionBytes) }),
        ...(suite.timeStepSeconds !== undefined && { timeMs: 1_800_000_000_000 }),
      };
      const key = HmacKey.from(suite.hash, Secret.own(new Uint8Array(20).fill(7)));
      // No repetition of 1 is a multiple of 16.
      const question = { mode: 'one-way', challenge: '1'.repeat(length) } as const;
      const response = ocraResponse(key, suite, question, inputs);
      expect(response).toHaveLength(digits === 0 ? MAC_BYTES[suite.hash] * 2 : digits);
    }),
    {
      numRuns: 500,
      examples: [[{ hash: 'SHA1', digits: 6, counter: '', kind: 'N', length: 8, pin: '', session: '', time: '-T48H' }]],
    },
  );
});
