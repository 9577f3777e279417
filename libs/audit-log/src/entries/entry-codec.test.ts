import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CEREMONY_ACTS, type Entry, type LifeCycleEntry } from './entry.ts';
import { decodeEntry, encodeEntry } from './entry-codec.ts';
import {
  ACCOUNT_KINDS,
  ACT_OUTCOMES,
  ACTIVATION_ACTS,
  ACTIVATION_METHODS,
  CHANNELS,
  LIFE_CYCLE_ACTS,
  PERSON_KINDS,
  PURPOSES,
  VERDICT_REASONS,
} from './words.ts';

const name = fc.stringMatching(/^[\x20-\x7e]{1,64}$/);
// Sixteen zero bytes stand for "none".
const id = fc.oneof(fc.constant(''), fc.stringMatching(/^[0-9a-f]{31}[1-9a-f]$/));
const whole = fc.maxSafeNat();

const ENTRIES: fc.Arbitrary<Entry> = fc.oneof(
  fc.record({
    kind: fc.constant('verdict' as const),
    atMs: whole,
    caller: name,
    channel: fc.constantFrom(...CHANNELS),
    subject: id,
    purpose: fc.constantFrom(...PURPOSES),
    enrolmentId: id,
    reason: fc.constantFrom(...VERDICT_REASONS),
    step: whole,
    requestKey: id,
    requestDigest: id,
  }),
  fc.record({
    kind: fc.constant('enrolled' as const),
    atMs: whole,
    caller: name,
    subject: id,
    purpose: fc.constantFrom(...PURPOSES),
    enrolmentId: id,
    voids: fc.array(id, { maxLength: 3 }),
    generation: whole,
    epoch: whole,
    tokenSerial: name,
    floor: whole,
  }),
  fc.record({
    kind: fc.constant('ceremony' as const),
    atMs: whole,
    caller: name,
    ceremony: id,
    act: fc.constantFrom(...CEREMONY_ACTS),
    by: name,
    detail: fc.string({ maxLength: 600, unit: 'grapheme' }),
    statement: fc.uint8Array({ maxLength: 3000 }),
    signature: fc.uint8Array({ maxLength: 64 }),
  }),
  fc.record({
    kind: fc.constant('restored' as const),
    atMs: whole,
    ceremony: id,
    epoch: whole,
    floors: fc.record({ 'first-pin': whole, 'transaction-signature': whole }, { requiredKeys: [] }),
  }),
  fc.record({
    kind: fc.constant('spent' as const),
    atMs: whole,
    subject: id,
    purpose: fc.constantFrom(...PURPOSES),
    enrolmentId: id,
    step: whole,
  }),
  fc.record({
    kind: fc.constant('signed' as const),
    atMs: whole,
    subject: id,
    purpose: fc.constantFrom(...PURPOSES),
    enrolmentId: id,
    step: whole,
    response: id,
  }),
  fc
    .record({
      kind: fc.constant('life-cycle' as const),
      atMs: whole,
      caller: name,
      channel: fc.constantFrom('' as const, ...CHANNELS),
      act: fc.constantFrom(...LIFE_CYCLE_ACTS),
      outcome: fc.constantFrom(...ACT_OUTCOMES),
      subject: id,
      purposes: fc.subarray([...PURPOSES]),
      number: id,
      enrolments: fc.array(id, { maxLength: 3 }),
      reference: fc.uint8Array({ maxLength: 100 }),
      permission: fc.option(
        fc.record({
          account: id,
          holders: id,
          personKind: fc.constantFrom(...PERSON_KINDS),
          accountKind: fc.constantFrom(...ACCOUNT_KINDS),
          branch: name,
        }),
        { nil: undefined },
      ),
      voidedSubjects: whole,
      voidedEnrolments: whole,
      requestKey: id,
      requestDigest: id,
      activation: fc.record({
        id,
        method: fc.constantFrom(...ACTIVATION_METHODS),
        epoch: whole,
        storeEpoch: whole,
        codeUntilMs: whole,
        textCode: fc.nat({ max: 255 }),
        textUntilMs: whole,
        appKey: id,
        made: fc.array(id, { maxLength: 3 }),
      }),
    })
    .map(withItsFields),
  fc.record({ kind: fc.constant('refusal' as const), atMs: whole, caller: name, rpc: name, reason: name }),
  fc.record({
    kind: fc.constant('daemon' as const),
    atMs: whole,
    act: fc.constantFrom('started' as const, 'stopped' as const),
    version: name,
    software: name,
  }),
);

/** Only acts about an activation have its fields. */
function withItsFields({ activation, ...entry }: LifeCycleEntry): LifeCycleEntry {
  return ACTIVATION_ACTS.some((act) => act === entry.act) ? { ...entry, activation } : entry;
}

describe('the bytes of an entry', () => {
  it('decode to the entry they were encoded from', () => {
    fc.assert(
      fc.property(ENTRIES, (entry) => {
        expect(decodeEntry(encodeEntry(entry))).toEqual(entry);
      }),
    );
  });

  it('have one form per entry: changed bytes that decode at all are encoded the same', () => {
    fc.assert(
      fc.property(ENTRIES, fc.nat(), fc.integer({ min: 1, max: 255 }), (entry, place, flip) => {
        const bytes = encodeEntry(entry);
        bytes[place % bytes.length] = (bytes[place % bytes.length] ?? 0) ^ flip;
        const read = readOrUndefined(bytes);
        if (read !== undefined) expect(Buffer.from(encodeEntry(read)).equals(bytes)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it('are rejected when truncated, or followed by another byte', () => {
    fc.assert(
      fc.property(ENTRIES, fc.nat(), (entry, place) => {
        const bytes = encodeEntry(entry);
        expect(() => decodeEntry(bytes.subarray(0, place % bytes.length))).toThrow(RangeError);
        expect(() => decodeEntry(Buffer.concat([bytes, Buffer.of(0)]))).toThrow(RangeError);
      }),
    );
  });
});

function readOrUndefined(bytes: Uint8Array): Entry | undefined {
  try {
    return decodeEntry(bytes);
  } catch {
    return undefined;
  }
}
