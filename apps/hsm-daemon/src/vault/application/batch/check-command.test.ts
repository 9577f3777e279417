import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Command } from '../../../boundary/commands.ts';
import { checkCommand } from './check-command.ts';
import { Fault } from './fault.ts';

const ATTEMPT = {
  requestId: 'r',
  subjectName: 'card/6280230000000019',
  purpose: 'first-pin',
  tokenSerial: '',
  code: '1234',
} as const;
const VERIFY: Command = { kind: 'verify', caller: 'bank', group: 'bank', channel: 'pos', attempts: [ATTEMPT] };

describe('a command from a compromised front', () => {
  it('passes when it is sound', () => {
    expect(() => checkCommand(VERIFY)).not.toThrow();
  });

  it('is accepted or a fault for any value in any field, never another error', () => {
    const fields = fc.constantFrom('requestId', 'subjectName', 'purpose', 'tokenSerial', 'code');
    const values = fc.oneof(
      fc.string(),
      fc.integer(),
      fc.constant(undefined),
      fc.constant(null),
      fc.object(),
      fc.bigInt(),
    );
    fc.assert(
      fc.property(fields, values, (field, value) => {
        try {
          checkCommand({ ...VERIFY, attempts: [{ ...ATTEMPT, [field]: value }] } as Command);
        } catch (error) {
          expect(error).toBeInstanceOf(Fault);
        }
      }),
    );
  });

  it.each([
    ['a caller with a line break', { ...VERIFY, caller: 'a\nb' }],
    ['a caller of 65 characters', { ...VERIFY, caller: 'x'.repeat(65) }],
    ['an unknown channel', { ...VERIFY, channel: 'fax' }],
    ['no codes', { ...VERIFY, attempts: [] }],
    ['1,001 codes', { ...VERIFY, attempts: Array.from({ length: 1_001 }, () => ATTEMPT) }],
    ['an unknown purpose', { ...VERIFY, attempts: [{ ...ATTEMPT, purpose: 'third-pin' }] }],
    [
      'a key that is text',
      {
        kind: 'enrol',
        caller: 'o',
        subjectName: ATTEMPT.subjectName,
        purpose: 'first-pin',
        tokenSerial: 'T',
        tokenPublicKey: 'x',
      },
    ],
    [
      'a huge envelope',
      {
        kind: 'act',
        caller: 'c',
        role: 'custodian',
        statement: new Uint8Array(2),
        signature: new Uint8Array(64),
        attachment: new Uint8Array(513),
      },
    ],
    [
      'a short signature',
      {
        kind: 'act',
        caller: 'c',
        role: 'custodian',
        statement: new Uint8Array(2),
        signature: new Uint8Array(63),
        attachment: new Uint8Array(),
      },
    ],
    ['too many entries', { kind: 'entries', first: 0, count: 1_001 }],
    ['a size that is not a number', { kind: 'proof', of: 'inclusion', at: 0, size: Number.NaN }],
  ])('is a fault with %s', (_, command) => {
    expect(() => checkCommand(command as Command)).toThrow(Fault);
  });
});
