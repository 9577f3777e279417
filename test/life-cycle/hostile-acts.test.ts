// Acts as large as the contract allows, and acts that a sound front would not send: the vault
// answers each, and does not end. Each was seen to end it, or to leave a token alive.
import { randomFillSync } from 'node:crypto';
import { profilePath, readBankProfile } from '@ramz/bank-profile';
import { RecipientKeys } from '@ramz/custody';
import { secretBytes } from '@ramz/otp-core';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Command } from '../../apps/hsm-daemon/src/boundary/commands.ts';
import { ACCOUNTS_MAX, HOLDERS_MAX } from '../../apps/hsm-daemon/src/boundary/limits.ts';
import type { Vault } from '../../apps/hsm-daemon/src/vault/application/vault.ts';
import { encodeEntry } from '../../libs/audit-log/src/entries/entry-codec.ts';
import { acted, hexId, NOW_MS } from '../harness/ledger-entries.ts';
import { makeStoredKeys, startOperational, testPorts } from '../harness/operational-vault.ts';
import { SharedLedger, SharedStore } from '../sim/verification/shared-store.ts';

const profile = { ...readBankProfile(profilePath('sepah')), acts: {} };
const CUSTOMER = 'customer/700123';
const people = (count: number) => Array.from({ length: count }, (_, i) => String(10_000_000_000 + i));

let vault: Vault;
let store: SharedStore;
let requests = 0;
beforeEach(async () => {
  const random = (length: number) => randomFillSync(secretBytes(length));
  const { root, stored } = await makeStoredKeys(profile, random);
  store = new SharedStore();
  store.keys = { version: 1, value: stored };
  const given = { profile, random, root, ledger: new SharedLedger(store, hexId(1)), nowMs: () => NOW_MS };
  vault = await startOperational(await testPorts(given));
});

const ask = async (command: unknown) => (await vault.answer([command as Command]))[0];
const asked = (channel: string) => ({
  caller: 'c',
  group: 'c',
  channel,
  requestId: `r${requests++}`,
  subjectName: CUSTOMER,
});
const put = (accounts: unknown) => ({
  kind: 'put-subject',
  ...asked(''),
  reference: '',
  mobileNumber: '989121234567',
  accounts,
});
const issue = (account: string, holders: readonly string[], present = holders) => ({
  kind: 'issue-permission',
  ...asked('branch'),
  accountReference: account,
  accountKind: 'single',
  personKind: 'legal',
  openingBranch: '1',
  branch: '1',
  holders,
  present,
});

describe('the largest acts that the contract allows', () => {
  it('are done: all accounts with all their people', async () => {
    const accounts = Array.from({ length: ACCOUNTS_MAX }, (_, i) => ({
      accountReference: 'A'.repeat(60) + i,
      holders: people(HOLDERS_MAX),
    }));
    expect(await ask(put(accounts))).toMatchObject({ kind: 'acted', outcome: 'done' });
    expect(await ask(issue('A', people(HOLDERS_MAX)))).toMatchObject({ kind: 'acted', outcome: 'done' });
  });
});

it.each([
  ['accounts that are a text', put('')],
  ['holders that are bytes', put([{ accountReference: 'A', holders: new Uint8Array(0) }])],
  ['entries that are a text', { kind: 'replay-entries', caller: 'c', entries: '' }],
  ['a number of another form', { ...put([]), mobileNumber: 9 }],
])('is malformed: %s', async (_, command) => {
  expect(await ask(command)).toMatchObject({ kind: 'fault', reason: 'malformed' });
});

it('means nothing: further fields, which no text can hold', async () => {
  const cycle: Record<string, unknown> = { x: 10n, long: 'x'.repeat(5_000) };
  cycle['self'] = cycle;
  expect(await ask({ ...put([]), ...cycle })).toMatchObject({ kind: 'acted', outcome: 'done' });
});

it('a file is not shown to an ATM, even if the front asks', async () => {
  expect(await ask({ kind: 'file', caller: 'c', channel: 'atm', subjectName: CUSTOMER })).toMatchObject({
    reason: 'channel-not-allowed',
  });
});

it('D-21: when the people of all accounts change in one call, the tokens end', async () => {
  const { publicKey } = await RecipientKeys.make();
  for (const account of ['A', 'B']) await ask(issue(account, people(2)));
  await ask({
    kind: 'enrol',
    caller: 'o',
    subjectName: CUSTOMER,
    purpose: 'channel-login',
    tokenSerial: 'T',
    tokenPublicKey: publicKey,
  });
  const changed = ['A', 'B'].map((accountReference) => ({ accountReference, holders: people(1) }));
  expect(await ask(put(changed))).toMatchObject({ outcome: 'done', voidedSubjects: 1, voidedEnrolments: 1 });
  expect(await ask({ kind: 'file', caller: 'c', channel: '', subjectName: CUSTOMER })).toMatchObject({
    permissions: [],
    places: [{ purpose: 'channel-login', status: 'void' }, { purpose: 'transaction-signature' }],
  });
});

it('nothing keeps a customer from a block: only acts that give back are limited', async () => {
  for (let i = 0; i < 40; i++) {
    expect(await ask({ kind: 'block-second-pin', ...asked('atm') })).toMatchObject({ outcome: 'done' });
  }
  for (let i = 0; i < 32; i++) {
    await ask({ kind: 'block-second-pin', ...asked('atm') });
    expect(await ask({ kind: 'unblock-second-pin', ...asked('branch') })).toMatchObject({ outcome: 'done' });
  }
  await ask({ kind: 'block-second-pin', ...asked('atm') });
  expect(await ask({ kind: 'unblock-second-pin', ...asked('branch') })).toMatchObject({ reason: 'too-many-acts' });
});

it('a replay ignores entries without a subject, and blocks that were lifted later', async () => {
  const { value } = store.keys;
  store.keys = { version: 2, value: value && { ...value, epoch: 2, replayed_epoch: 1 } };
  const entries = [
    acted(0, 'second-pin-blocked', { subject: '' }),
    acted(5, 'second-pin-blocked'),
    acted(5, 'second-pin-blocked', { requestKey: hexId(8) }),
    acted(5, 'second-pin-unblocked', { requestKey: hexId(9) }),
    acted(6, 'second-pin-blocked', { purposes: [] }),
  ].map(encodeEntry);
  expect(await ask({ kind: 'replay-entries', caller: 'core', entries })).toMatchObject({
    kind: 'replayed',
    subjects: 0,
  });
  expect(await ask({ kind: 'end-replay', caller: 'core' })).toMatchObject({ kind: 'noted' });
  expect(await ask({ kind: 'end-replay', caller: 'core' })).toMatchObject({ reason: 'wrong-state' });
});
