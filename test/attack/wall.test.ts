// Malicious code in the front sends anything over the wall: the vault continues, its memory is
// bounded, and it decides nothing without a caller's name. Seen to fail (planted) on a vault that
// checked a caller's name only where there was one, and did not check the counts of a batch.
import { randomFillSync } from 'node:crypto';
import { secretBytes } from '@ramz/otp-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Command } from '../../apps/hsm-daemon/src/boundary/commands.ts';
import type { Vault } from '../../apps/hsm-daemon/src/vault/application/vault.ts';
import { readBankProfile } from '../../libs/bank-profile/src/bank-profile.ts';
import { profilePath } from '../../libs/bank-profile/src/shipped-profiles.ts';
import { makeStoredKeys, startOperational, testPorts } from '../harness/operational-vault.ts';
import { SharedLedger, SharedStore } from '../sim/verification/shared-store.ts';

const caller = 'bank';
const group = caller;
const tried = { requestId: 'r', subjectName: 'card/6280230000000019', tokenSerial: '', code: '00000000' } as const;
const second = { ...tried, purpose: 'second-pin' } as const;
const transaction = { type: 't', amount: '1', currency: 'IRR', payee: 'P' };
const channel = 'internet-bank';
const KINDS: readonly Command[] = [
  { kind: 'verify', caller, group, channel, attempts: [second] },
  { kind: 'resynchronise', caller, group, channel, goesBack: true, ...second, nextCode: '00000001' },
  { kind: 'verify-signature', caller, group, channel, ...tried, transaction },
  {
    kind: 'enrol',
    caller,
    subjectName: tried.subjectName,
    purpose: 'second-pin',
    tokenSerial: 'T',
    tokenPublicKey: new Uint8Array(32).fill(9),
  },
  {
    kind: 'act',
    caller,
    role: 'operator',
    statement: new Uint8Array(2),
    signature: new Uint8Array(64),
    attachment: new Uint8Array(),
  },
  { kind: 'announce', nonce: '1'.repeat(32) },
  { kind: 'minutes', ceremony: '1'.repeat(32) },
  { kind: 'self-test', caller, force: '' },
  { kind: 'entries', first: 0, count: 1 },
  { kind: 'events', first: 0, count: 1 },
  { kind: 'proof', of: 'inclusion', at: 0, size: 1 },
  { kind: 'note-refusal', caller, rpc: 'Verify', reason: 'none' },
];
const SEALED = { sealedCode: { zone: 'z', pinBlock: new Uint8Array(16) } };
const VALUES = [undefined, null, '', 'abcdefgh', 'x'.repeat(100_000), -1, 1e300, Number.NaN, [], {}, () => 1, SEALED];

let vault: Vault;
beforeAll(async () => {
  const profile = readBankProfile(profilePath('maskan'));
  const random = (length: number) => randomFillSync(secretBytes(length));
  const { root, stored } = await makeStoredKeys(profile, random);
  const store = new SharedStore();
  store.keys = { version: 1, value: stored };
  const ledger = new SharedLedger(store, '1'.repeat(32));
  vault = await startOperational(await testPorts({ profile, random, root, ledger, nowMs: () => Date.now() }));
});
afterAll(() => vault.stop());

const answer = async (command: unknown) => (await vault.answer([command as Command]))[0];

it.each(KINDS.map((command) => [command.kind, command]))(
  'answers %s with any field missing or wrong with a fault',
  async (_, command) => {
    const fields = Object.keys(command).filter((name) => name !== 'kind');
    for (const field of fields) {
      const { [field]: _gone, ...without } = command as unknown as Record<string, unknown>;
      const reply = await answer(without);
      if (!['transaction', 'tokenSerial'].includes(field))
        expect([field, reply]).toMatchObject([field, { kind: 'fault' }]);
      for (const value of VALUES) expect(await answer({ ...command, [field]: value })).toHaveProperty('kind');
    }
    for (const value of VALUES) expect(await answer({ ...command, unknown: value })).toHaveProperty('kind');
    // A PIN block in a command that takes none, beside an invalid code.
    if (command.kind === 'resynchronise' || command.kind === 'verify-signature') {
      expect(await answer({ ...command, ...SEALED, code: 'abcdefgh' })).toMatchObject({ reason: 'malformed' });
    }
    expect(vault.state).toBe('operational');
  },
);

it.each(VALUES.map((value) => [value]))('answers a batch that contains %s', async (value) => {
  const [reply, status] = await vault.answer([value as unknown as Command, { kind: 'status' }]);
  expect([reply, status]).toMatchObject([{ kind: 'fault', reason: 'malformed' }, { kind: 'status' }]);
});
