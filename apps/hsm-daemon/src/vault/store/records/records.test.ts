import { PURPOSES } from '@ramz/audit-log';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Enrolment } from '../../domain/enrolment/enrolment.ts';
import { activeIn, type Standing } from '../../domain/enrolment/standing.ts';
import { RowBroken } from '../store-errors.ts';
import { Records, recordName } from './records.ts';

const number = fc.nat();
const seen = fc.record({ step: number, atMs: number });
const id = fc.stringMatching(/^[0-9a-f]{32}$/);
const token = fc.record(
  {
    id,
    generation: number,
    epoch: number,
    tokenSerial: fc.string({ unit: 'binary', maxLength: 64 }),
    floor: number,
    observed: fc.array(seen, { maxLength: 3 }),
    resynchronised: seen,
    usedResponses: fc.array(id, { minLength: 1, maxLength: 8 }),
  },
  { requiredKeys: ['id', 'generation', 'epoch', 'tokenSerial', 'floor', 'observed'] },
);
const standings: fc.Arbitrary<Standing> = fc
  .record({
    subject: id,
    purpose: fc.constantFrom(...PURPOSES),
    status: fc.constantFrom('active' as const, 'locked' as const),
    generation: number,
    wrongAtMs: fc.array(fc.maxSafeNat(), { maxLength: 5 }),
    wrongSinceAccepted: fc.nat(5),
    enrolments: fc.array(token, { maxLength: 3 }),
    through: fc.maxSafeNat(),
  })
  .map((one) => ({ ...one, wrongSinceAccepted: Math.min(one.wrongSinceAccepted, one.wrongAtMs.length) }));

const SOUND: Standing = {
  subject: 'a'.repeat(32),
  purpose: 'second-pin',
  status: 'active',
  generation: 1,
  wrongAtMs: [1_700_000_000_000],
  wrongSinceAccepted: 1,
  enrolments: [
    {
      id: 'b'.repeat(32),
      generation: 1,
      epoch: 1,
      tokenSerial: 'SERIAL',
      floor: 29_000_000,
      resynchronised: { step: 28_999_999, atMs: 1_700_000_000_000 },
      observed: [{ step: 29_000_000, atMs: 5 }],
    },
  ],
  through: 7,
};

/** Returns all numbers that a decision would use. */
function numbersOf({ generation, through, wrongAtMs, wrongSinceAccepted, enrolments }: Standing): number[] {
  const ofTokens = enrolments.flatMap((one) => {
    const all = [...one.observed, one.resynchronised ?? { step: 0, atMs: 0 }];
    return [one.generation, one.epoch, one.floor, ...all.flatMap(({ step, atMs }) => [step, atMs])];
  });
  return [generation, through, wrongSinceAccepted, ...wrongAtMs, ...ofTokens];
}

describe('the record of a standing', () => {
  it('is read as it was written, at any offset', () => {
    fc.assert(
      fc.property(fc.array(standings, { minLength: 1, maxLength: 4 }), (all) => {
        const records = new Records(Buffer.concat(all.map((one) => Records.of(one).bytes)));
        let at = 0;
        for (const standing of all) {
          expect(records.standingAt(at)).toEqual(standing);
          expect(records.summaryAt(at)).toEqual({ active: activeIn(standing), through: standing.through });
          const { subject, purpose } = standing;
          expect(records.isOf(at, recordName(subject, purpose))).toBe(true);
          expect(records.nameAt(at)).toEqual(recordName(subject, purpose));
          const others = PURPOSES.filter((other) => other !== purpose);
          expect(others.some((other) => records.isOf(at, recordName(subject, other)))).toBe(false);
          at = records.endOf(at);
        }
        expect(at).toBe(records.bytes.length);
      }),
    );
  });

  it('keeps its encoding: older stores hold these bytes', () => {
    expect(Records.of(SOUND).bytes.toString('hex')).toMatchInlineSnapshot(
      `"86000000aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa01000101010000000000000000001c40000000000000f03f00008056febc7842bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb000000000000f03f000000000000f03f0000000014a87b410001010653455249414c000000f013a87b4100008056febc78420000000014a87b410000000000001440"`,
    );
  });

  it('is rejected when it is truncated anywhere', () => {
    const { bytes } = Records.of(SOUND);
    for (let length = 1; length < bytes.length; length++) {
      expect(() => new Records(bytes.subarray(0, length)).endOf(0)).toThrow(RowBroken);
    }
  });

  it.each([0, 1, 0x7f, 0xff])('is read as valid numbers or rejected, with byte %i at any offset', (byte) => {
    const sound = Records.of(SOUND).bytes;
    for (let at = 0; at < sound.length; at++) {
      const records = new Records(Buffer.from(sound).fill(byte, at, at + 1));
      const numbers: number[] = [];
      try {
        records.endOf(0);
        records.summaryAt(0);
        const standing = records.standingAt(0);
        expect(standing.enrolments.every((one) => /^[0-9a-f]{32}$/.test(one.id))).toBe(true);
        numbers.push(...numbersOf(standing));
      } catch (error) {
        expect(error).toBeInstanceOf(RowBroken);
      }
      expect(numbers.every((one) => Number.isSafeInteger(one) && one >= 0)).toBe(true);
    }
  });

  it('cannot hold more wrong tries than it can count', () => {
    const many = { ...SOUND, wrongAtMs: Array.from({ length: 256 }, () => 1) };
    expect(() => Records.of(many)).toThrow(RangeError);
  });

  it('keeps the used responses of a token that signs, and rejects more than a step takes', () => {
    const [token] = SOUND.enrolments as [Enrolment];
    const signing = (count: number) => ({
      ...SOUND,
      enrolments: [{ ...token, usedResponses: Array.from({ length: count }, () => 'c'.repeat(32)) }],
    });
    expect(Records.of(signing(8)).standingAt(0)).toEqual(signing(8));
    expect(() => Records.of(signing(9)).standingAt(0)).toThrow(RowBroken);
  });

  it('is rejected when it counts more wrong tries than it lists', () => {
    const records = Records.of({ ...SOUND, wrongSinceAccepted: 2 });
    expect(() => records.standingAt(0)).toThrow(RowBroken);
  });
});
