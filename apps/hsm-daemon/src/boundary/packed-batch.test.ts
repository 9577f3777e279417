import { deserialize, serialize } from 'node:v8';
import { CHANNELS, PURPOSES, VERDICT_REASONS } from '@ramz/audit-log';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Command, Reply } from './commands.ts';
import { type PackedBatch, packBatch, packReplies, unpackBatch, unpackReplies } from './packed-batch.ts';

const sealed = fc.record({ zone: fc.string(), pinBlock: fc.uint8Array({ maxLength: 16 }) });
const attempt = fc.record(
  {
    requestId: fc.string(),
    subjectName: fc.string(),
    purpose: fc.constantFrom(...PURPOSES),
    tokenSerial: fc.string(),
    code: fc.string(),
    sealedCode: sealed,
  },
  { requiredKeys: ['requestId', 'subjectName', 'purpose', 'tokenSerial', 'code'], noNullPrototype: true },
);
const verify = fc.record(
  {
    kind: fc.constant('verify' as const),
    caller: fc.string(),
    group: fc.string(),
    channel: fc.constantFrom(...CHANNELS),
    attempts: fc.array(attempt, { maxLength: 5 }),
  },
  { noNullPrototype: true },
);
const others = fc.constantFrom<Command>({ kind: 'status' }, { kind: 'announce', nonce: 'ab' });
const result = fc.record(
  {
    reason: fc.constantFrom(...VERDICT_REASONS),
    logIndex: fc.maxSafeNat(),
    isRepeated: fc.boolean(),
  },
  { noNullPrototype: true },
);
const verdicts = fc.record(
  { kind: fc.constant('verdicts' as const), results: fc.array(result, { maxLength: 5 }) },
  { noNullPrototype: true },
);

const overTheWall = <T>(message: T): T => deserialize(serialize(message)) as T;
const asArrays = (commands: readonly Command[]) => JSON.stringify(commands);

describe('batches packed in columns', () => {
  it('unpacks the same commands in the same order', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(verify, others)), (batch: Command[]) => {
        expect(asArrays(unpackBatch(overTheWall(packBatch(batch))))).toEqual(asArrays(overTheWall(batch)));
      }),
    );
  });

  it('unpacks the same replies in the same order', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(verdicts, fc.constant<Reply>({ kind: 'noted' }))), (replies) => {
        expect(unpackReplies(overTheWall(packReplies(replies)))).toEqual(replies);
      }),
    );
  });

  it.each([
    ['nothing', {}],
    ['an order that is not an array', { order: 7, verify: packBatch([]).verify }],
    ['no columns', { order: [1] }],
    [
      'a column of text',
      { order: [1], verify: { caller: ['c'], group: ['c'], channel: ['atm'], attempts: { code: '12345678' } } },
    ],
  ])('%s unpacks to no command, or to one without codes', (_, message) => {
    for (const command of unpackBatch(message as unknown as PackedBatch)) {
      expect(command.kind === 'verify' && command.attempts).toEqual([]);
    }
  });

  it('gives out no attempt twice, regardless of the counts', () => {
    const one = { requestId: 'r', subjectName: 's', purpose: 'second-pin', tokenSerial: '', code: '1' } as const;
    const attempts = Array.from({ length: 1_000 }, () => one);
    const packed = packBatch([{ kind: 'verify', caller: 'c', group: 'c', channel: 'atm', attempts }]);
    const order = Array.from({ length: 20_000 }, (_, i) => (i % 2 === 0 ? 1_000 : -1_000));
    const commands = unpackBatch({ ...packed, order });
    const given = commands.reduce((sum, command) => sum + (command.kind === 'verify' ? command.attempts.length : 0), 0);
    expect(given).toBe(1_000);
    expect(commands.length).toBeLessThan(10_000);
  });

  it.each([1e15, -5, Number.NaN, 0.5])('unpacks at most one attempt from a batch of one that claims %d', (claimed) => {
    const one = { requestId: 'r', subjectName: 's', purpose: 'second-pin', tokenSerial: '', code: '1' } as const;
    const packed = packBatch([{ kind: 'verify', caller: 'c', group: 'c', channel: 'atm', attempts: [one] }]);
    const lying: PackedBatch = { ...packed, order: [claimed] };
    const [command] = unpackBatch(lying);
    expect(command?.kind === 'verify' && command.attempts.length).toBeLessThanOrEqual(1);
  });
});
