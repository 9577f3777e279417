// Codes as they are typed: which are right, for how long, and that failures have one answer.
import { RecipientKeys } from '@ramz/custody';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ActivationWorld } from '../harness/activation-world.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const REFUSED = { kind: 'completed', isActivated: false, purposes: [], atMs: 0 };

let world: ActivationWorld;
beforeAll(async () => {
  world = await ActivationWorld.start();
});
afterAll(() => world.stop());

/** Another digit in the first place. */
const altered = (code: string) => `${(Number(code[0]) + 1) % 10}${code.slice(1)}`;

describe('M-28: both codes are needed', () => {
  it('M-40: in their order, and together they activate', async () => {
    const { card, typed } = await world.pending();
    expect(await world.complete(card, { ...typed, printed: typed.text, text: typed.printed })).toEqual(REFUSED);
    expect(await world.complete(card, { ...typed, text: '' })).toEqual(REFUSED);
    expect(await world.complete(card, { ...typed, printed: '' })).toEqual(REFUSED);
    expect(await world.complete(card, typed)).toMatchObject({ isActivated: true, atMs: world.nowMs });
  });

  it('halves of two activations never match', async () => {
    const [one, two] = [await world.pending(), await world.pending()];
    expect(await world.complete(one.card, { ...one.typed, text: two.typed.text })).toEqual(REFUSED);
    expect(await world.complete(two.card, { ...one.typed, text: two.typed.text })).toEqual(REFUSED);
    const again = await world.codesOf(await world.request(one.card));
    // A new request voids the former one.
    expect(await world.complete(one.card, one.typed)).toEqual(REFUSED);
    expect(await world.complete(one.card, { ...again, printed: one.typed.printed })).toEqual(REFUSED);
    expect(await world.complete(one.card, again)).toMatchObject({ isActivated: true });
  });

  it('D-4: every failure has the same answer', async () => {
    const { card, typed } = await world.pending();
    const used = await world.pending();
    await world.complete(used.card, used.typed);
    const spent = await world.pending();
    for (let i = 0; i < 5; i++) await world.complete(spent.card, { ...spent.typed, text: altered(spent.typed.text) });
    const known = world.newCard();
    await world.put(known);
    const answers = [
      await world.complete(card, { ...typed, printed: altered(typed.printed) }),
      await world.complete(card, { ...typed, text: altered(typed.text) }),
      await world.complete(card, { ...typed, printed: altered(typed.printed), text: altered(typed.text) }),
      await world.complete(used.card, { ...used.typed, app: await RecipientKeys.make() }),
      await world.complete(spent.card, spent.typed),
      await world.complete(known, typed),
      await world.complete(world.newCard(), typed),
    ];
    for (const answer of answers) expect(JSON.stringify(answer)).toBe(JSON.stringify(REFUSED));
  });
});

describe('D-4: lives and tries', () => {
  it('five wrong pairs end an activation, also with a text sent in between', async () => {
    const { card, typed } = await world.pending();
    for (let i = 0; i < 3; i++) await world.complete(card, { ...typed, printed: altered(typed.printed) });
    expect(await world.repeatText(card)).toMatchObject({ outcome: 'done' });
    for (let i = 0; i < 2; i++) await world.complete(card, { ...typed, text: altered(typed.text) });
    expect(await world.complete(card, typed)).toEqual(REFUSED);
    expect(await world.repeatText(card)).toMatchObject({ outcome: 'no-activation', text: undefined });
  });

  it('a request that is repeated is one try', async () => {
    const { card, typed } = await world.pending();
    const wrong = await world.completion(card, { ...typed, printed: altered(typed.printed) });
    for (let i = 0; i < 8; i++) expect(await world.ask(wrong)).toEqual(REFUSED);
    expect(await world.complete(card, typed)).toMatchObject({ isActivated: true });
  });

  it('other codes under the same request id are further tries: a gateway cannot guess for ever', async () => {
    const { card, typed } = await world.pending();
    const { requestId } = await world.completion(card, typed);
    for (let i = 0; i < 5; i++) {
      const guess = await world.completion(card, { ...typed, text: altered(typed.text) });
      expect(await world.ask({ ...guess, requestId })).toEqual(REFUSED);
    }
    expect(await world.complete(card, typed)).toEqual(REFUSED);
  });

  it('the code in the text lives 15 minutes', async () => {
    const [inTime, late] = [await world.pending(), await world.pending()];
    world.nowMs += 15 * MINUTE_MS - 1;
    expect(await world.complete(inTime.card, inTime.typed)).toMatchObject({ isActivated: true });
    world.nowMs += 1;
    expect(await world.complete(late.card, late.typed)).toEqual(REFUSED);
  });

  it('D-18: a text comes again with the same code while 30 s of it are left, and else with another', async () => {
    const { card, typed } = await world.pending();
    const before = world.nowMs;
    world.nowMs = before + 15 * MINUTE_MS - 30_000;
    const same = await world.repeatText(card);
    expect(await world.codesOf(same)).toMatchObject({ text: typed.text });
    expect(same.text?.untilMs).toBe(before + 15 * MINUTE_MS);
    world.nowMs += 1;
    const other = await world.repeatText(card);
    const { text } = await world.codesOf(other);
    expect(text).not.toBe(typed.text);
    expect(await world.complete(card, typed)).toEqual(REFUSED);
    world.nowMs = before + 24 * HOUR_MS - 2 * MINUTE_MS;
    const late = await world.repeatText(card);
    // No text outlives the code on paper.
    expect(late.text?.untilMs).toBe(before + 24 * HOUR_MS);
    expect(await world.repeatText(card)).toMatchObject({ outcome: 'no-repeats-left' });
    expect(await world.complete(card, { ...typed, text: (await world.codesOf(late)).text })).toMatchObject({
      isActivated: true,
    });
  });

  it('the code on paper lives 24 hours', async () => {
    const { card } = await world.pending();
    world.nowMs += 24 * HOUR_MS;
    expect(await world.repeatText(card)).toMatchObject({ outcome: 'no-activation' });
  });
});

describe('the same app', () => {
  it('gets the same seeds again until the codes end; another one never', async () => {
    const { card, typed } = await world.pending();
    const first = await world.complete(card, typed);
    const again = await world.complete(card, typed);
    expect(await world.codeOf(again, typed.app)).toBe(await world.codeOf(first, typed.app));
    expect(again.purposes.map(({ enrolmentId }) => enrolmentId)).toEqual(
      first.purposes.map(({ enrolmentId }) => enrolmentId),
    );
    expect(await world.complete(card, { ...typed, app: await RecipientKeys.make() })).toEqual(REFUSED);
    world.nowMs += 15 * MINUTE_MS;
    expect(await world.complete(card, typed)).toEqual(REFUSED);
  });

  it('gets no seed of a token that is void meanwhile', async () => {
    const { card, typed } = await world.pending();
    await world.complete(card, typed);
    await world.ask({ kind: 'deactivate', ...world.asked(card, 'atm') });
    expect(await world.complete(card, typed)).toEqual(REFUSED);
    expect(await world.statusOf(card)).toBe('deactivated');
  });

  it('cannot use the codes up with a malformed key', async () => {
    const { card, typed } = await world.pending();
    const app = { ...typed.app, publicKey: new Uint8Array(32) } as RecipientKeys;
    await expect(world.complete(card, { ...typed, app })).rejects.toThrow('public-key-malformed');
    expect(await world.complete(card, typed)).toMatchObject({ isActivated: true });
  });
});

it('an envelope that does not open is an error, for any card alike', async () => {
  const { card, typed } = await world.pending();
  const sealed = await world.completion(card, typed);
  const broken = { ...sealed, sealedCodes: sealed.sealedCodes.map((byte, i) => (i === 50 ? byte ^ 1 : byte)) };
  await expect(world.ask(broken)).rejects.toThrow('codes-not-sealed');
  await expect(world.ask({ ...sealed, epoch: 7 })).rejects.toThrow('codes-not-sealed');
  // Sealed for one card, they open for no other.
  await expect(world.ask({ ...sealed, subjectName: world.newCard() })).rejects.toThrow('codes-not-sealed');
});
