// Checks which RPCs lead to a verdict, and that all of them call the one function that decides.
import { execFileSync } from 'node:child_process';
import { randomFillSync } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { secretBytes } from '@ramz/otp-core';
import { expect, it, vi } from 'vitest';
import type { Command } from '../../apps/hsm-daemon/src/boundary/commands.ts';
import type { RpcName } from '../../apps/hsm-daemon/src/front/access/roles.ts';
import { decide } from '../../apps/hsm-daemon/src/vault/domain/verification/decide.ts';
import { readBankProfile } from '../../libs/bank-profile/src/bank-profile.ts';
import { profilePath } from '../../libs/bank-profile/src/shipped-profiles.ts';
import { COMMAND_OF } from '../harness/command-of.ts';
import { hexId } from '../harness/ledger-entries.ts';
import { makeStoredKeys, startOperational, testPorts } from '../harness/operational-vault.ts';
import { SharedLedger, SharedStore } from '../sim/verification/shared-store.ts';

const VERDICTS: readonly RpcName[] = ['Verify', 'VerifyBatch', 'VerifyStream', 'Resynchronise', 'VerifySignature'];

const caller = 'bank';
const group = caller;
const asked = { requestId: 'r', subjectName: 'card/6280230000000019', tokenSerial: '', code: '00000000' } as const;
const second = { ...asked, purpose: 'second-pin' } as const;
const transaction = { type: 't', amount: '1', currency: 'IRR', payee: 'P' };
const act = { caller, group, channel: 'branch', requestId: 'r', subjectName: asked.subjectName } as const;
const token = { enrolmentId: '0'.repeat(32), minute: 1, mac: new Uint8Array(32) };
const account = { accountReference: 'A', holders: [] } as const;
const COMMANDS: { readonly [K in Command['kind']]: Extract<Command, { kind: K }> } = {
  verify: { kind: 'verify', caller, group, channel: 'internet-bank', attempts: [second] },
  resynchronise: {
    kind: 'resynchronise',
    caller,
    group,
    channel: 'internet-bank',
    goesBack: true,
    ...second,
    nextCode: '00000001',
  },
  'verify-signature': { kind: 'verify-signature', caller, group, channel: 'internet-bank', ...asked, transaction },
  enrol: { kind: 'enrol', caller, ...second, tokenSerial: 'T', tokenPublicKey: new Uint8Array(32).fill(9) },
  act: {
    kind: 'act',
    caller,
    role: 'operator',
    statement: new Uint8Array(2),
    signature: new Uint8Array(64),
    attachment: new Uint8Array(),
  },
  announce: { kind: 'announce', nonce: hexId(1) },
  minutes: { kind: 'minutes', ceremony: hexId(1) },
  keys: { kind: 'keys' },
  'self-test': { kind: 'self-test', caller, force: '' },
  checkpoint: { kind: 'checkpoint' },
  entries: { kind: 'entries', first: 0, count: 1 },
  events: { kind: 'events', first: 0, count: 1 },
  proof: { kind: 'proof', of: 'inclusion', at: 0, size: 1 },
  status: { kind: 'status' },
  'note-refusal': { kind: 'note-refusal', caller, rpc: 'Verify', reason: 'none' },
  'put-subject': { kind: 'put-subject', ...act, reference: '', mobileNumber: '989121234567', accounts: [] },
  'close-subject': { kind: 'close-subject', ...act, channel: '' },
  'issue-permission': {
    kind: 'issue-permission',
    ...act,
    ...account,
    accountKind: 'single',
    personKind: 'natural',
    openingBranch: '1',
    branch: '1',
    present: [],
  },
  'withdraw-permission': { kind: 'withdraw-permission', ...act, accountReference: 'A' },
  deactivate: { kind: 'deactivate', ...act },
  'block-second-pin': { kind: 'block-second-pin', ...act },
  'unblock-second-pin': { kind: 'unblock-second-pin', ...act },
  'void-token': { kind: 'void-token', ...act, tokenSerial: 'T' },
  'report-lost': { kind: 'report-lost', ...act, tokenSerial: 'T' },
  'report-found': { kind: 'report-found', ...act, tokenSerial: 'T' },
  file: { kind: 'file', caller, channel: 'branch', subjectName: asked.subjectName },
  'end-replay': { kind: 'end-replay', caller },
  'replay-entries': { kind: 'replay-entries', caller, entries: [] },
  'request-activation': {
    kind: 'request-activation',
    ...act,
    channel: 'atm',
    mobileNumber: '989121234567',
    method: 'app',
    zone: '',
    textZone: '',
  },
  'allocate-code': { kind: 'allocate-code', ...act, zone: '', branch: '1', present: [] },
  'reissue-code': { kind: 'reissue-code', ...act, zone: '', branch: '1', present: [] },
  'repeat-text': { kind: 'repeat-text', ...act, channel: 'atm', mobileNumber: '989121234567', textZone: '' },
  'complete-activation': {
    kind: 'complete-activation',
    ...act,
    channel: 'gateway',
    epoch: 1,
    sealedCodes: new Uint8Array(112),
  },
  'delete-token': { kind: 'delete-token', ...act, channel: 'gateway', token },
  'token-state': { kind: 'token-state', caller, subjectName: asked.subjectName, token },
  'activation-key': { kind: 'activation-key', caller },
};

it('calls the one decide function from exactly these RPCs', async () => {
  const profile = readBankProfile(profilePath('maskan'));
  const random = (length: number) => randomFillSync(secretBytes(length));
  const { root, stored } = await makeStoredKeys(profile, random);
  const store = new SharedStore();
  store.keys = { version: 1, value: stored };
  const spy = vi.fn<typeof decide>(decide);
  const given = { profile, random, root, ledger: new SharedLedger(store, hexId(1)), nowMs: () => Date.now() };
  const vault = await startOperational(await testPorts(given, { decide: spy }));
  const reached: string[] = [];
  for (const rpc of Object.keys(COMMAND_OF) as RpcName[]) {
    spy.mockClear();
    const command = {
      ...COMMANDS[COMMAND_OF[rpc]],
      ...('requestId' in COMMANDS[COMMAND_OF[rpc]] && { requestId: rpc }),
    };
    const fresh = command.kind === 'verify' ? { ...command, attempts: [{ ...second, requestId: rpc }] } : command;
    const [reply] = await vault.answer([fresh as Command]);
    if (spy.mock.calls.length > 0) reached.push(rpc);
    expect(reply?.kind === 'verdicts').toBe(spy.mock.calls.length > 0);
  }
  expect(reached.toSorted()).toEqual(VERDICTS.toSorted());
});

it('calls it from nowhere else in the vault', () => {
  const vault = fileURLToPath(new URL('../../apps/hsm-daemon/src/vault/', import.meta.url));
  const argv = ['-rlE', '--include=*.ts', '--exclude=*.test.ts', String.raw`\bdecide\(`, vault];
  const callers = execFileSync('grep', argv, { encoding: 'utf8' }).trim().split('\n');
  expect(callers.map((file) => file.slice(vault.length)).toSorted()).toEqual([
    'application/verification/decide-call.ts',
    // Discards the verdict: it only takes the same time.
    'application/verification/even-out.ts',
    'domain/verification/decide.ts',
  ]);
});
