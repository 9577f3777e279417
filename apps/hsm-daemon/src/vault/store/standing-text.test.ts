import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readStanding, summaryAt, writeStanding } from './standing-text.ts';
import { RowBroken } from './store-errors.ts';

const SUBJECT = 'a'.repeat(32);
const TOKEN = ['b'.repeat(32), 1, 1, 'SERIAL', 29_000_000, [28_999_999, 1_700_000_000_000], [[29_000_000, 5]]];
const SOUND = [1, 0, 1, 7, 1, [1_700_000_000_000], [TOKEN]];
const read = (row: unknown) => readStanding(SUBJECT, 'second-pin', JSON.stringify(row));

/** Every way to put `value` in the place of one part of the row. */
function* replaced(row: readonly unknown[], value: unknown): Generator<unknown[]> {
  for (const [i, part] of row.entries()) {
    yield row.with(i, value);
    if (Array.isArray(part)) for (const inner of replaced(part, value)) yield row.with(i, inner);
  }
}

describe('the text of a standing', () => {
  it('is read', () => {
    expect(read(SOUND)).toMatchObject({ status: 'active', through: 7, enrolments: [{ floor: 29_000_000 }] });
  });

  it('is written as JSON is, whatever is in it, and read again', () => {
    const number = fc.nat();
    const seen = fc.record({ step: number, atMs: number });
    const serial = fc.string({ unit: 'binary', maxLength: 8 });
    const id = fc.constantFrom('0'.repeat(32), 'c'.repeat(32));
    const token = fc.record(
      { id, generation: number, epoch: number, tokenSerial: serial, floor: number, resynchronised: seen },
      { requiredKeys: ['id', 'generation', 'epoch', 'tokenSerial', 'floor'] },
    );
    const standing = fc.record({
      status: fc.constantFrom('active' as const, 'locked' as const),
      generation: number,
      wrongAtMs: fc.array(number, { maxLength: 5 }),
      wrongSinceAccepted: number,
      enrolments: fc.array(fc.tuple(token, fc.array(seen, { maxLength: 3 })), { maxLength: 3 }),
      through: number,
    });
    fc.assert(
      fc.property(standing, ({ enrolments, ...rest }) => {
        const tokens = enrolments.map(([one, observed]) => ({ ...one, observed }));
        const whole = { subject: SUBJECT, purpose: 'second-pin' as const, ...rest, enrolments: tokens };
        const text = writeStanding(whole);
        expect(text).toBe(JSON.stringify(JSON.parse(text)));
        expect(readStanding(SUBJECT, 'second-pin', text)).toEqual(whole);
        const active = whole.status === 'active' ? tokens.length : 0;
        expect(summaryAt(Buffer.from(`before ${text}`), 7)).toEqual({ active, through: whole.through });
      }),
    );
  });

  it.each(['[', '[1,0,1,x,', '[x,0,1,7,', '[1,0,1,', '[1,0,1,99999999999999999,', '[-1,0,1,2,'])(
    '%s has no summary',
    (text) => {
      expect(() => summaryAt(Buffer.from(text), 0)).toThrow(TypeError);
    },
  );

  it.each([null, 'abc', -1e300, 0.5, 1e300, {}, true])(
    'with %j in one place is read whole, or is a broken row',
    (value) => {
      for (const row of replaced(SOUND, value)) {
        const numbers: unknown[] = [];
        try {
          const { generation, through, wrongAtMs, wrongSinceAccepted, enrolments } = read(row);
          numbers.push(generation, through, wrongSinceAccepted, ...wrongAtMs);
          for (const one of enrolments) {
            expect(one.id).toMatch(/^[0-9a-f]{32}$/);
            expect(typeof one.tokenSerial).toBe('string');
            for (const seen of [...one.observed, one.resynchronised ?? { step: 0, atMs: 0 }])
              numbers.push(seen.step, seen.atMs);
            numbers.push(one.generation, one.epoch, one.floor);
          }
        } catch (error) {
          expect(error).toBeInstanceOf(RowBroken);
        }
        expect(numbers.every((number) => Number.isSafeInteger(number) && (number as number) >= 0)).toBe(true);
      }
    },
  );

  it('that is any other JSON is a broken row', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (row) => {
        expect(() => read(row)).toThrow(RowBroken);
      }),
    );
  });
});
