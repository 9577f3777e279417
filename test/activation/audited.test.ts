// What an audit of activations found, a test each; every one failed before its mend.
import { RecipientKeys } from '@ramz/custody';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Command } from '../../apps/hsm-daemon/src/boundary/commands.ts';
import { decoySubjectOf } from '../../apps/hsm-daemon/src/vault/crypto/keyed-digests.ts';
import { HmacKey, Secret } from '../../libs/otp-core/src/index.ts';
import { ActivationWorld, MOBILE, type Typed } from '../harness/activation-world.ts';

const OTHER = '989350000009';
const REFUSED = { kind: 'completed', isActivated: false, purposes: [], atMs: 0 };

let world: ActivationWorld;
beforeAll(async () => {
  world = await ActivationWorld.start();
});
afterAll(() => world.stop());

const altered = (code: string) => `${(Number(code[0]) + 1) % 10}${code.slice(1)}`;
const requestOf = (card: string, mobileNumber = MOBILE) =>
  ({
    kind: 'request-activation',
    ...world.asked(card, 'atm'),
    mobileNumber,
    method: 'app',
    zone: '',
    textZone: '',
  }) as const;
const repeatOf = (card: string, channel: 'atm' | 'gateway', mobileNumber = MOBILE) =>
  ({ kind: 'repeat-text', ...world.asked(card, channel), mobileNumber, textZone: '' }) as const;
const entries = async () => (await world.ask({ kind: 'entries', first: 0, count: 1 })).logSize;

describe('a repeated request', () => {
  it('sends no code of a new activation to a former number (D-11)', async () => {
    const { card } = await world.pending();
    const repeat = repeatOf(card, 'atm');
    expect(await world.ask(repeat)).toMatchObject({ outcome: 'done' });
    await world.put(card, OTHER);
    expect(await world.request(card, OTHER)).toMatchObject({ outcome: 'done' });
    expect(await world.ask(repeat)).toMatchObject({ outcome: 'no-activation', text: undefined });
  });

  it('gives out no codes that are dead', async () => {
    const card = world.newCard();
    await world.put(card);
    const request = requestOf(card);
    const typed = await world.codesOf(await world.ask(request));
    for (let i = 0; i < 5; i++) await world.complete(card, { ...typed, text: altered(typed.text) });
    expect(await world.ask(request)).toMatchObject({ outcome: 'no-activation', code: undefined, text: undefined });
  });

  it('on one daemon gives out no codes of another daemon’s activation', async () => {
    const two = await ActivationWorld.start('maskan', 2);
    const card = two.newCard();
    await two.put(card);
    const where = { mobileNumber: MOBILE, method: 'app', zone: '', textZone: '' } as const;
    const first = { kind: 'request-activation', ...two.asked(card, 'atm'), ...where } as const;
    await two.ask(first, 0);
    for (let i = 0; i < 4; i++) await two.request(card, MOBILE, 1);
    expect(await two.ask(first, 0)).toMatchObject({ outcome: 'no-activation', code: undefined });
    await two.stop();
  });
});

describe('a hostile front', () => {
  it('cannot end the vault by an array with holes', async () => {
    const holes: string[] = [];
    holes.length = 3;
    const asked = world.asked(world.newCard(), 'branch');
    const code = { kind: 'allocate-code', ...asked, zone: '', branch: '1', present: holes } as Command;
    const put = {
      kind: 'put-subject',
      ...asked,
      reference: '',
      mobileNumber: '',
      accounts: [{ accountReference: 'A', holders: holes }],
    };
    for (const command of [code, put as Command]) {
      expect(await world.vaults[0]?.answer([command])).toMatchObject([{ kind: 'fault', reason: 'malformed' }]);
    }
  });
});

describe('a gateway', () => {
  it('cannot search for the number by repeated texts, nor make the vault forget other acts', async () => {
    const { card } = await world.pending();
    const put = {
      kind: 'put-subject',
      ...world.asked(card, ''),
      reference: 'R',
      mobileNumber: MOBILE,
      accounts: [],
    } as const;
    await world.ask(put);
    const outcomes = [];
    for (let i = 0; i < 40; i++) outcomes.push((await world.ask(repeatOf(card, 'gateway', OTHER))).outcome);
    expect(outcomes.filter((one) => one === 'number-differs')).toHaveLength(5);
    expect(await world.ask(repeatOf(card, 'gateway'))).toMatchObject({ outcome: 'too-many-activations' });
    expect(await world.ask(put)).toMatchObject({ isRepeated: true });
    // The customer may still go to an ATM.
    expect(await world.request(card)).toMatchObject({ outcome: 'done' });
  });

  it('learns from a reused request id of no card whether the bank has it', async () => {
    const { card } = await world.pending();
    const replies = [];
    for (const subjectName of [card, world.newCard()]) {
      const one = repeatOf(subjectName, 'gateway', OTHER);
      await world.ask(one);
      const before = await entries();
      const [reply] = (await world.vaults[0]?.answer([{ ...one, mobileNumber: '989120000001' }])) ?? [];
      replies.push([reply?.kind, reply?.kind === 'issued' && reply.outcome === 'done', (await entries()) - before]);
    }
    expect(replies[0]).toEqual(replies[1]);
  });

  it('and its wrong proofs are no events for operators', async () => {
    const { next } = await world.ask({ kind: 'events', first: 0, count: 100 });
    const token = { enrolmentId: '0'.repeat(32), minute: 1, mac: new Uint8Array(32) };
    await world.ask({ kind: 'delete-token', ...world.asked(world.newCard(), 'gateway'), token });
    await world.ask(repeatOf(world.newCard(), 'gateway'));
    expect((await world.ask({ kind: 'events', first: next, count: 100 })).events).toEqual([]);
  });

  it('meets decoy files of its own daemon: no other one makes it decide again', () => {
    const key = HmacKey.from('sha256', Secret.copy(new Uint8Array(32)));
    const of = (logId: string) => Array.from({ length: 64 }, (_, i) => decoySubjectOf(key, logId, `r${i}`));
    const [one, other] = [new Set(of('1')), new Set(of('2'))];
    expect(one.size).toBeLessThanOrEqual(16);
    expect([...one].filter((subject) => other.has(subject))).toEqual([]);
  });

  it('cannot confirm right codes by a malformed key: wrong ones meet the same error', async () => {
    const { card, typed } = await world.pending();
    const app = { ...typed.app, publicKey: new Uint8Array(32) } as RecipientKeys;
    for (const one of [
      { ...typed, app },
      { ...typed, app, text: altered(typed.text) },
    ] satisfies Typed[]) {
      await expect(world.complete(card, one)).rejects.toThrow('public-key-malformed');
    }
    expect(await world.complete(world.newCard(), { ...typed, app: await RecipientKeys.make() })).toEqual(REFUSED);
  });
});

it('a subject without codes in the profile gets none to activate', async () => {
  await expect(world.request('customer/700123')).rejects.toThrow('not-in-profile');
});

it('a number change is no lost token where only codes of an activation ended', async () => {
  const { card } = await world.pending();
  const { next } = await world.ask({ kind: 'events', first: 0, count: 100 });
  const owner = world.newCard();
  await world.put(owner);
  await world.put(owner, OTHER);
  const { events } = await world.ask({ kind: 'events', first: next, count: 100 });
  expect(events.map(({ event }) => event)).toEqual(['number-changed']);
  expect(await world.repeatText(card)).toMatchObject({ outcome: 'no-activation' });
});

it('a teller sees a code that is out while its text can be sent again', async () => {
  const { card } = await world.pending();
  world.nowMs += 16 * 60_000;
  expect((await world.file(card)).codeUntilMs).toBeGreaterThan(world.nowMs);
});
