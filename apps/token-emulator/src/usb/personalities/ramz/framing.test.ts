import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FramingError, MESSAGE_BYTES_MAX, type Message, Reassembly, toReports } from './framing.ts';
import { REPORT_BYTES, REPORT_DESCRIPTOR } from './report-descriptor.ts';

const messages: fc.Arbitrary<Message> = fc.record({
  command: fc.integer({ min: 0, max: 0x7f }),
  exchange: fc.integer({ min: 0, max: 255 }),
  payload: fc.uint8Array({ maxLength: MESSAGE_BYTES_MAX }),
});

function reassemble(reports: readonly Uint8Array[]): (Message | undefined)[] {
  const reassembly = new Reassembly();
  return reports.map((report) => reassembly.take(report));
}

describe('frames', () => {
  it('reassembles any message, with its last report', () => {
    fc.assert(
      fc.property(messages, (message) => {
        const reports = toReports(message);
        expect(reports.every((report) => report.length === REPORT_BYTES)).toBe(true);
        const taken = reassemble(reports);
        expect(taken.pop()).toEqual(message);
        expect(taken.every((one) => one === undefined)).toBe(true);
      }),
    );
  });

  it('detects a lost, repeated or foreign report, and reads the next message', () => {
    const reports = toReports({ command: 1, exchange: 9, payload: new Uint8Array(200) });
    const [first, second, third] = reports as [Uint8Array, Uint8Array, Uint8Array];
    const foreign = Uint8Array.from(second);
    foreign[1] = 8;
    for (const broken of [[first, third], [first, second, second], [first, foreign], [second]]) {
      const reassembly = new Reassembly();
      expect(() => broken.map((report) => reassembly.take(report))).toThrow(FramingError);
      expect(reports.map((report) => reassembly.take(report)).at(-1)?.payload.length).toBe(200);
    }
  });

  it('throws only framing errors for any sequence of reports', () => {
    const report = fc.uint8Array({ minLength: 60, maxLength: 66 });
    fc.assert(
      fc.property(fc.array(report, { maxLength: 8 }), (reports) => {
        const reassembly = new Reassembly();
        for (const one of reports) {
          try {
            reassembly.take(one);
          } catch (error) {
            expect(error).toBeInstanceOf(FramingError);
          }
        }
      }),
    );
  });
});

describe('the report descriptor', () => {
  // HID 1.11, 6.2.2.2: a short item's low two bits give its data bytes (3 means 4).
  it('consists of complete items and closes its collection', () => {
    let depth = 0;
    const sizes: number[] = [];
    for (let at = 0; at < REPORT_DESCRIPTOR.length; ) {
      const prefix = REPORT_DESCRIPTOR[at] ?? 0;
      if ((prefix & 0xfc) === 0xa0) depth += 1;
      if ((prefix & 0xfc) === 0xc0) depth -= 1;
      if ((prefix & 0xfc) === 0x94) sizes.push(REPORT_DESCRIPTOR[at + 1] ?? 0);
      at += 1 + [0, 1, 2, 4][prefix & 3]!;
      expect(at).toBeLessThanOrEqual(REPORT_DESCRIPTOR.length);
    }
    expect([depth, ...sizes]).toEqual([0, REPORT_BYTES, REPORT_BYTES]);
  });
});
