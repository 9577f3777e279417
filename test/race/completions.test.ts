// One pair of codes, typed into many apps at once over two daemons on one store: one app gets the
// seeds. And acts that race a completion: whichever commits first, a card is never both.
import { RecipientKeys } from '@ramz/custody';
import { afterEach, describe, expect, it } from 'vitest';
import type { Command, Reply } from '../../apps/hsm-daemon/src/boundary/commands.ts';
import { ActivationWorld, MOBILE, type Typed } from '../harness/activation-world.ts';

/** `npm run test:activation` has 1,000. */
const PAIRS = Number(process.env['RAMZ_PAIRS'] ?? 6);
const APPS_A_DAEMON = 64;

let world: ActivationWorld;
afterEach(() => world.stop());

/** Sends each daemon its commands, all at once. */
async function answerAll(commands: readonly (readonly Command[])[]): Promise<Reply[]> {
  const replies = await Promise.all(world.vaults.map((vault, i) => vault.answer(commands[i] ?? [])));
  return replies.flat();
}

const isActivated = (reply: Reply | undefined) => reply?.kind === 'completed' && reply.isActivated;

/** Returns how many apps got seeds for one pair of codes. */
async function race(apps: readonly RecipientKeys[]): Promise<number> {
  const { card, typed } = await world.pending();
  const completions = await Promise.all(apps.map((app) => world.completion(card, { ...typed, app })));
  const half = completions.length / 2;
  const replies = await answerAll([completions.slice(0, half), completions.slice(half)]);
  return replies.filter(isActivated).length;
}

const makeApps = () => Promise.all(Array.from({ length: 2 * APPS_A_DAEMON }, () => RecipientKeys.make()));

describe('one pair of codes', () => {
  it(`activates exactly one of ${2 * APPS_A_DAEMON} apps over two daemons, ${PAIRS} times`, async () => {
    world = await ActivationWorld.start('maskan', 2);
    const apps = await makeApps();
    for (let i = 0; i < PAIRS; i++) expect([i, await race(apps)]).toEqual([i, 1]);
  });

  it('activates more than one where the store does not compare: the race is one', async () => {
    world = await ActivationWorld.start('maskan', 2);
    world.store.plant = 'no-compare';
    const apps = (await makeApps()).slice(0, 16);
    const winners = [];
    for (let i = 0; i < 20; i++) winners.push(await race(apps));
    expect(Math.max(...winners)).toBeGreaterThan(1);
  });
});

type RacingKind = 'deactivate' | 'block-second-pin' | 'put-subject';
const RACING: readonly RacingKind[] = ['deactivate', 'block-second-pin', 'put-subject'];
const AFTERWARDS = { deactivate: 'deactivated', 'block-second-pin': 'blocked', 'put-subject': 'void' } as const;

/** Returns how the card stands after a completion and an act at the same time. */
async function raceWith(kind: RacingKind, i: number): Promise<string> {
  const card = world.newCard();
  const number = `98935${String(i).padStart(7, '0')}`;
  await world.put(card, number);
  const typed: Typed = await world.codesOf(await world.request(card, number));
  const completion = await world.completion(card, typed);
  const asked = world.asked(card, kind === 'put-subject' ? '' : 'atm');
  const act =
    kind === 'put-subject'
      ? ({ kind, ...asked, reference: '', mobileNumber: MOBILE, accounts: [] } as const)
      : ({ kind, ...asked } as const);
  const replies = await answerAll(i % 2 === 0 ? [[completion], [act]] : [[act], [completion]]);
  expect(replies.map((reply) => reply.kind).toSorted()).toEqual(['acted', 'completed']);
  const status = (await world.statusOf(card)) ?? '';
  // A card that never had a token has none after another number or a deactivation.
  const wasFirst = !replies.some(isActivated);
  return wasFirst && kind !== 'block-second-pin' && status === 'none' ? AFTERWARDS[kind] : status;
}

describe('a completion at the same time as an act', () => {
  it.each(RACING)('%s: the loser decides again, and no code counts afterwards', async (kind) => {
    world = await ActivationWorld.start('maskan', 2);
    for (let i = 0; i < 60; i++) expect([i, await raceWith(kind, i)]).toEqual([i, AFTERWARDS[kind]]);
  });

  it.each(RACING)('%s: a store that does not compare leaves a card active', async (kind) => {
    world = await ActivationWorld.start('maskan', 2);
    world.store.plant = 'no-compare';
    const seen = new Set<string>();
    for (let i = 0; i < 60; i++) seen.add(await raceWith(kind, i));
    expect([...seen]).toContain('active');
  });
});
