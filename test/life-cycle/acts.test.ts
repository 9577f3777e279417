// Every cell of the table of acts: an act on a place of each status, from each channel and from the
// core, against a vault that shows afterwards how the place stands.
import { randomFillSync } from 'node:crypto';
import { CHANNELS, type Channel, type Purpose } from '@ramz/audit-log';
import { profilePath, readBankProfile } from '@ramz/bank-profile';
import { RecipientKeys } from '@ramz/custody';
import { secretBytes } from '@ramz/otp-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Command } from '../../apps/hsm-daemon/src/boundary/commands.ts';
import { SUBJECT_ACTS, type SubjectActCommand } from '../../apps/hsm-daemon/src/boundary/life-cycle-commands.ts';
import { ACT_OF } from '../../apps/hsm-daemon/src/vault/application/life-cycle/asked-act.ts';
import type { Vault } from '../../apps/hsm-daemon/src/vault/application/vault.ts';
import { ACTS, type PlaceStatus, SECOND_PIN_PURPOSES } from '../../apps/hsm-daemon/src/vault/domain/life-cycle/acts.ts';
import { hexId } from '../harness/ledger-entries.ts';
import { makeStoredKeys, startOperational, testPorts } from '../harness/operational-vault.ts';
import { SharedLedger, SharedStore } from '../sim/verification/shared-store.ts';

const PROFILE = readBankProfile(profilePath('maskan'));
/** As the shipped profile, with every act of the table allowed. */
const profile = { ...PROFILE, acts: {}, eligibility: { joint: 'refuse', signatoriesChange: 'withdraw' } } as const;
const STATUSES: readonly PlaceStatus[] = ['none', 'active', 'locked', 'deactivated', 'blocked', 'void'];
const CALLERS: readonly (Channel | '')[] = ['', ...CHANNELS];

let vault: Vault;
let tokenPublicKey: Uint8Array;
let cards = 0;
let requests = 0;
beforeAll(async () => {
  const random = (length: number) => randomFillSync(secretBytes(length));
  const { root, stored } = await makeStoredKeys(profile, random);
  const store = new SharedStore();
  store.keys = { version: 1, value: stored };
  const given = { profile, random, root, ledger: new SharedLedger(store, hexId(1)), nowMs: () => 1_750_000_000_000 };
  vault = await startOperational(await testPorts(given));
  tokenPublicKey = (await RecipientKeys.make()).publicKey;
});

const ask = async (command: Command) => (await vault.answer([command]))[0];

function asked(subjectName: string, channel: Channel | '') {
  return { caller: channel === '' ? 'core' : channel, group: 'g', channel, requestId: `r${requests++}`, subjectName };
}

function command(kind: SubjectActCommand['kind'], subjectName: string, channel: Channel | ''): SubjectActCommand {
  const act = asked(subjectName, channel);
  const account = { accountReference: 'A', holders: [] };
  switch (kind) {
    case 'put-subject':
      return { kind, ...act, reference: 'C', mobileNumber: '989121234567', accounts: [] };
    case 'issue-permission':
      return {
        kind,
        ...act,
        ...account,
        accountKind: 'single',
        personKind: 'natural',
        openingBranch: '1',
        branch: '1',
        present: [],
      };
    case 'withdraw-permission':
      return { kind, ...act, accountReference: 'A' };
    case 'void-token':
    case 'report-lost':
    case 'report-found':
      return { kind, ...act, tokenSerial: 'T' };
    default:
      return { kind, ...act };
  }
}

/** Returns a card whose second PIN has a status, by real acts and codes. */
async function cardThatIs(status: PlaceStatus): Promise<string> {
  const subjectName = `card/${6_280_230_000_000_000 + cards++}`;
  if (status === 'none') return subjectName;
  await enrolFor(subjectName, 'second-pin');
  if (status === 'locked') await lock(subjectName);
  else if (status === 'deactivated') await ask(command('deactivate', subjectName, 'branch'));
  else if (status === 'blocked') await ask(command('block-second-pin', subjectName, 'branch'));
  else if (status === 'void') await ask(command('void-token', subjectName, 'branch'));
  return subjectName;
}

function enrolFor(subjectName: string, purpose: Purpose) {
  return ask({ kind: 'enrol', caller: 'o', subjectName, purpose, tokenSerial: 'T', tokenPublicKey });
}

async function lock(subjectName: string): Promise<void> {
  const attempt = { subjectName, purpose: 'second-pin', tokenSerial: '', code: '00000000' } as const;
  for (let i = 0; i < 5; i++) {
    const attempts = [{ ...attempt, requestId: `t${requests++}` }];
    await ask({ kind: 'verify', caller: subjectName, group: 'b', channel: 'internet-bank', attempts });
  }
}

async function statusOf(subjectName: string, purpose: Purpose): Promise<string> {
  const reply = await ask({ kind: 'file', caller: 'core', channel: '', subjectName });
  if (reply?.kind !== 'file') throw new Error(JSON.stringify(reply));
  return reply.places.find((place) => place.purpose === purpose)?.status ?? '';
}

/** Prepares what an act needs beside the place: a permission to withdraw, a lost token to find. */
async function prepare(kind: SubjectActCommand['kind'], subjectName: string): Promise<void> {
  if (kind === 'withdraw-permission') await ask(command('issue-permission', subjectName, 'branch'));
  if (kind === 'report-found') await ask(command('report-lost', subjectName, 'branch'));
}

/** Returns how a place stands after an act; the token acts need a token. */
function expected(kind: SubjectActCommand['kind'], status: PlaceStatus): PlaceStatus {
  const hasToken = status === 'active' || status === 'locked';
  if (kind === 'void-token') return status === 'active' && hasToken ? 'void' : status;
  return ACTS[ACT_OF[kind]].after[status] ?? status;
}

describe.each(SUBJECT_ACTS)('%s', (kind) => {
  const { channels, isOfCore, after } = ACTS[ACT_OF[kind]];

  it.each(STATUSES)('leads a second PIN from %s where the table says', async (status) => {
    for (const channel of CALLERS) {
      const subjectName = await cardThatIs(status);
      await prepare(kind, subjectName);
      const before = await statusOf(subjectName, 'second-pin');
      const reply = await ask(command(kind, subjectName, channel));
      const mayAsk = channel === '' ? isOfCore : channels.includes(channel);
      const now = await statusOf(subjectName, 'second-pin');
      if (!mayAsk) {
        expect([channel, reply]).toMatchObject([channel, { kind: 'fault', reason: 'channel-not-allowed' }]);
        expect(now).toBe(before);
        continue;
      }
      expect([channel, reply?.kind]).toEqual([channel, 'acted']);
      expect([channel, now]).toEqual([channel, expected(kind, status)]);
      if (reply?.kind === 'acted' && after[status] === undefined) expect(reply.outcome).not.toBe('done');
    }
  });

  it('answers a repetition the same, and does nothing twice', async () => {
    const channel = isOfCore ? '' : 'branch';
    const subjectName = await cardThatIs(kind === 'unblock-second-pin' ? 'blocked' : 'active');
    await prepare(kind, subjectName);
    const one = command(kind, subjectName, channel);
    const [first, again] = [await ask(one), await ask(one)];
    expect(first).toMatchObject({ kind: 'acted', outcome: 'done', isRepeated: false });
    expect(again).toEqual({ ...(first as object), isRepeated: true });
    const other = { ...one, subjectName, group: 'g', kind: kind === 'deactivate' ? 'block-second-pin' : 'deactivate' };
    expect(await ask({ ...other, channel: 'branch' } as Command)).toMatchObject({ reason: 'request-id-reused' });
  });
});

it('no act but that of the branch lifts a block', () => {
  const lifting = Object.entries(ACTS).filter(([, { after }]) => (after.blocked ?? 'blocked') !== 'blocked');
  expect(lifting.map(([act, { after, channels }]) => [act, after.blocked, channels])).toEqual([
    ['second-pin-unblocked', 'deactivated', ['branch']],
  ]);
});

it('a block touches the second PIN and signatures, and no first PIN (D-24)', async () => {
  const subjectName = await cardThatIs('active');
  await enrolFor(subjectName, 'first-pin');
  await enrolFor(subjectName, 'transaction-signature');
  await ask(command('block-second-pin', subjectName, 'atm'));
  expect(await statusOf(subjectName, 'first-pin')).toBe('active');
  for (const purpose of SECOND_PIN_PURPOSES) expect(await statusOf(subjectName, purpose)).toBe('blocked');
  const blocked = await cardThatIs('blocked');
  expect(await enrolFor(blocked, 'transaction-signature')).toMatchObject({ reason: 'subject-blocked' });
  expect(await enrolFor(blocked, 'first-pin')).toMatchObject({ kind: 'enrolled' });
});
