// A token that proves itself: deletion (D-9, M-44), and how it stands.
import { randomBytes } from 'node:crypto';
import { HmacKey } from '@ramz/otp-core';
import { macEach } from '@ramz/otp-core/messages';
import { minuteOf, type ProofLabel, proofMessage } from '@ramz/token-client/formats';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CompletionReply, TokenProof } from '../../apps/hsm-daemon/src/boundary/activation-commands.ts';
import { ActivationWorld, type Typed } from '../harness/activation-world.ts';

let world: ActivationWorld;
beforeAll(async () => {
  world = await ActivationWorld.start();
});
afterAll(() => world.stop());

async function activated() {
  const { card, typed } = await world.pending();
  return { card, typed, reply: await world.complete(card, typed) };
}

/** Makes a proof by the seed of one purpose. */
async function prove(
  label: ProofLabel,
  { purposes }: CompletionReply,
  { app }: Typed,
  purpose = 'second-pin',
  laterMinutes = 0,
): Promise<TokenProof> {
  const one = purposes.find((each) => each.purpose === purpose);
  if (one === undefined) throw new Error(purpose);
  using seed = await app.open('seed', one.sealedSeed, one.enrolmentId);
  const minute = minuteOf(world.nowMs) + laterMinutes;
  const message = proofMessage(label, one.enrolmentId, minute);
  const mac = new Uint8Array(32);
  const write = (_: number, into: Uint8Array) => {
    into.set(message);
    return message.length;
  };
  macEach(HmacKey.from('sha256', seed), 1, write, (_, bytes) => mac.set(bytes));
  return { enrolmentId: one.enrolmentId, minute, mac };
}

const remove = async (card: string, token: TokenProof) =>
  (await world.ask({ kind: 'delete-token', ...world.asked(card, 'gateway'), token })).isDeleted;
const stateOf = async (card: string, token: TokenProof) =>
  (await world.ask({ kind: 'token-state', caller: 'g', subjectName: card, token })).places.map(
    ({ purpose, status }) => `${purpose} ${status}`,
  );
const ALL = ['first-pin active', 'second-pin active', 'transaction-signature active'];

describe('D-9, M-44: deleted in the app', () => {
  it('a token is void in all its purposes, and the static PIN stays off', async () => {
    const { card, typed, reply } = await activated();
    expect(await remove(card, await prove('delete', reply, typed, 'first-pin'))).toBe(true);
    expect(await world.file(card)).toMatchObject({
      isStaticSecondPinOn: false,
      places: [{ status: 'void' }, { status: 'void' }, { status: 'void' }],
    });
    expect(await world.verify(card, await world.codeOf(reply, typed.app))).toBe('voided');
  });

  it('a lock stays: only an activation cures it', async () => {
    const { card, typed, reply } = await activated();
    for (let i = 0; i < 5; i++) await world.verify(card, '00000000');
    expect(await remove(card, await prove('delete', reply, typed))).toBe(true);
    expect(await world.statusOf(card)).toBe('locked');
  });

  it('a repeated request answers the same; another proof of a void token is refused', async () => {
    const { card, typed, reply } = await activated();
    const token = await prove('delete', reply, typed);
    const command = { kind: 'delete-token', ...world.asked(card, 'gateway'), token } as const;
    expect(await world.ask(command)).toEqual(await world.ask(command));
    expect(await remove(card, await prove('delete', reply, typed, 'first-pin'))).toBe(false);
  });
});

describe('a proof', () => {
  it('is of this minute, of this use, of this token, of this card', async () => {
    const [one, two] = [await activated(), await activated()];
    const good = await prove('delete', one.reply, one.typed);
    const wrong: readonly TokenProof[] = [
      await prove('delete', one.reply, one.typed, 'second-pin', 3),
      await prove('delete', one.reply, one.typed, 'second-pin', -3),
      await prove('state', one.reply, one.typed),
      { ...good, mac: randomBytes(32) },
      { ...good, enrolmentId: (await prove('delete', one.reply, one.typed, 'first-pin')).enrolmentId },
      { ...good, minute: good.minute + 1 },
      await prove('delete', two.reply, two.typed),
    ];
    for (const token of wrong) expect(await remove(one.card, token)).toBe(false);
    expect(await remove(two.card, good)).toBe(false);
    expect(await remove(world.newCard(), good)).toBe(false);
    // Nothing was counted: there is nothing to guess.
    expect(await remove(one.card, good)).toBe(true);
  });

  it('shows how the token stands, and nothing to any other', async () => {
    const { card, typed, reply } = await activated();
    const proof = await prove('state', reply, typed);
    expect(await stateOf(card, proof)).toEqual(ALL);
    expect(await stateOf(card, await prove('delete', reply, typed))).toEqual([]);
    expect(await stateOf(card, { ...proof, mac: randomBytes(32) })).toEqual([]);
    expect(await stateOf(world.newCard(), proof)).toEqual([]);
    for (let i = 0; i < 5; i++) await world.verify(card, '00000000');
    expect(await stateOf(card, proof)).toEqual([ALL[0], 'second-pin locked', ALL[2]]);
    await world.ask({ kind: 'deactivate', ...world.asked(card, 'atm') });
    expect(await stateOf(card, proof)).toEqual([]);
  });
});
