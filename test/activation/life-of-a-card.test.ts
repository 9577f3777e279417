// What an activation does to a card, and what acts do to an activation.
import { RecipientKeys } from '@ramz/custody';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ActivationWorld, MOBILE, type Typed } from '../harness/activation-world.ts';

const REFUSED = { isActivated: false, purposes: [] };
const PURPOSES = ['first-pin', 'second-pin', 'transaction-signature'];

let world: ActivationWorld;
beforeAll(async () => {
  world = await ActivationWorld.start();
});
afterAll(() => world.stop());

const act = (kind: 'deactivate' | 'block-second-pin' | 'unblock-second-pin', card: string, channel: 'atm' | 'branch') =>
  world.ask({ kind, ...world.asked(card, channel) });

async function activated() {
  const { card, typed } = await world.pending();
  const reply = await world.complete(card, typed);
  return { card, typed, reply };
}

async function wrongCodes(card: string, count: number): Promise<void> {
  for (let i = 0; i < count; i++) await world.verify(card, '00000000');
}

describe('at an ATM', () => {
  it('M-22, M-23, M-27: one request gives a code for paper and one for a text', async () => {
    const card = world.newCard();
    await world.put(card);
    const { outcome, code, text } = await world.request(card);
    expect(outcome).toBe('done');
    expect(code?.digits).toMatch(/^\d{8}$/);
    expect(text?.clear).toMatch(/^کد فعال‌سازی رمزنما: \d{8} \(15 دقیقه\)$/);
    expect(text?.clear).not.toContain(code?.digits);
  });

  it('M-25, M-26: without a registered number, or with another, it is refused', async () => {
    const card = world.newCard();
    expect(await world.request(card)).toMatchObject({ outcome: 'no-number', code: undefined, text: undefined });
    await world.put(card);
    const other = await world.request(card, '989120000000');
    expect(other).toMatchObject({ outcome: 'number-differs', code: undefined, text: undefined });
    for (let i = 0; i < 4; i++) await world.request(card, '989120000000');
    // Five wrong numbers a day: a thief with the card and its PIN cannot search for the number.
    expect(await world.request(card)).toMatchObject({ outcome: 'too-many-activations' });
    world.nowMs += 24 * 3_600_000;
    expect(await world.request(card)).toMatchObject({ outcome: 'done' });
  });

  it('at most five activations of a card a day', async () => {
    const card = world.newCard();
    await world.put(card);
    for (let i = 0; i < 5; i++) expect(await world.request(card)).toMatchObject({ outcome: 'done' });
    expect(await world.request(card)).toMatchObject({ outcome: 'too-many-activations' });
    // Codes keep no one from the branch's acts.
    await act('block-second-pin', card, 'atm');
    expect(await act('unblock-second-pin', card, 'branch')).toMatchObject({ outcome: 'done' });
  });

  it('a repeated request gets the same codes, and none once they are used or replaced', async () => {
    const card = world.newCard();
    await world.put(card);
    const where = { mobileNumber: MOBILE, method: 'app', zone: '', textZone: '' } as const;
    const command = { kind: 'request-activation', ...world.asked(card, 'atm'), ...where } as const;
    const first = await world.ask(command);
    expect(await world.ask(command)).toEqual({ ...first, isRepeated: true });
    await world.complete(card, await world.codesOf(first));
    expect(await world.ask(command)).toMatchObject({ outcome: 'no-activation', code: undefined, text: undefined });
  });

  it('the SMS version is no method of this bank yet, and is refused', async () => {
    const card = world.newCard();
    await world.put(card);
    const where = { mobileNumber: MOBILE, method: 'sms', zone: '', textZone: '' } as const;
    const reply = await world.ask({ kind: 'request-activation', ...world.asked(card, 'atm'), ...where });
    expect(reply).toMatchObject({ outcome: 'method-not-offered', code: undefined });
  });
});

describe('a completed activation', () => {
  it('M-39: makes one token of one card, with first PIN, second PIN and signature', async () => {
    const { card, typed, reply } = await activated();
    expect(reply.purposes.map(({ purpose }) => purpose)).toEqual(PURPOSES);
    expect(await world.verify(card, await world.codeOf(reply, typed.app))).toBe('accepted');
    const first = await world.codeOf(reply, typed.app, 'first-pin');
    expect(await world.verify(card, first, 'first-pin')).toBe('accepted');
    const { places, method } = await world.file(card);
    expect(method).toBe('app');
    expect(new Set(places.flatMap(({ tokens }) => tokens.map(({ serial }) => serial))).size).toBe(1);
  });

  it('M-30: its codes are accepted for 120 s, and not a moment longer', async () => {
    const { card, typed, reply } = await activated();
    world.nowMs = Math.ceil(world.nowMs / 60_000) * 60_000;
    const [first, second] = [await world.codeOf(reply, typed.app), await world.codeOf(reply, typed.app, 'first-pin')];
    world.nowMs += 119_999;
    expect(await world.verify(card, first)).toBe('accepted');
    world.nowMs += 1;
    expect(await world.verify(card, second, 'first-pin')).toBe('wrong-code');
  });

  it('M-29, D-15: turns the static second PIN off, once', async () => {
    const { card, typed } = await world.pending();
    expect(await world.file(card)).toMatchObject({ isStaticSecondPinOn: true });
    const { next: from } = await world.ask({ kind: 'events', first: 0, count: 100 });
    await world.complete(card, typed);
    expect(await world.file(card)).toMatchObject({ isStaticSecondPinOn: false });
    const { events } = await world.ask({ kind: 'events', first: from, count: 100 });
    expect(events.map(({ event }) => event)).toEqual(['activated', 'static-pin-off']);
  });

  it('D-7: voids the former token, whichever way it came', async () => {
    const { card, typed, reply } = await activated();
    const device = await RecipientKeys.make();
    const enrolled = { caller: 'o', subjectName: card, purpose: 'second-pin', tokenSerial: 'RZ-1' } as const;
    await world.ask({ kind: 'enrol', ...enrolled, tokenPublicKey: device.publicKey });
    expect(await world.verify(card, await world.codeOf(reply, typed.app))).toBe('wrong-code');
    expect(await world.file(card)).toMatchObject({ method: 'device' });
    const again = await world.codesOf(await world.request(card));
    // Until it is completed the former token works.
    expect(await world.statusOf(card)).toBe('active');
    const next = await world.complete(card, again);
    expect(await world.verify(card, await world.codeOf(next, again.app))).toBe('accepted');
    expect(await world.file(card)).toMatchObject({ method: 'app' });
  });

  it('D-3, D-22, M-16, M-36: cures a lock for all purposes, with new seeds, and void old ones', async () => {
    const { card, typed, reply } = await activated();
    await wrongCodes(card, 5);
    expect(await world.statusOf(card)).toBe('locked');
    const again = await world.codesOf(await world.request(card));
    expect(await world.statusOf(card)).toBe('locked');
    const next = await world.complete(card, again);
    expect(next.purposes.map(({ generation }) => generation)).toEqual([2, 2, 2]);
    // The first PIN was not locked, and is new all the same.
    expect(await world.verify(card, await world.codeOf(reply, typed.app, 'first-pin'), 'first-pin')).toBe('wrong-code');
    expect(await world.verify(card, await world.codeOf(next, again.app))).toBe('accepted');
  });
});

describe('acts while codes are out', () => {
  it('M-31, M-32: deactivated, the codes are worth nothing, and the ATM is needed again', async () => {
    const { card, typed } = await world.pending();
    await act('deactivate', card, 'atm');
    expect(await world.complete(card, typed)).toMatchObject(REFUSED);
    const again = await world.codesOf(await world.request(card));
    expect(await world.complete(card, again)).toMatchObject({ isActivated: true });
  });

  it('M-33, M-34: a blocked card gets no codes, those that are out end, and no activation lifts the block', async () => {
    const { card, typed } = await world.pending();
    await act('block-second-pin', card, 'atm');
    expect(await world.complete(card, typed)).toMatchObject(REFUSED);
    expect(await world.request(card)).toMatchObject({ outcome: 'blocked' });
    await act('unblock-second-pin', card, 'branch');
    // D-17: unblocked, the ATM is still needed.
    expect(await world.complete(card, typed)).toMatchObject(REFUSED);
    expect(await world.statusOf(card)).toBe('deactivated');
  });

  it('M-35, D-11: another number ends the codes of every card that has them under the former one', async () => {
    const number = '989350000001';
    const codes: { card: string; typed: Typed }[] = [];
    for (let i = 0; i < 2; i++) {
      const card = world.newCard();
      await world.put(card, number);
      codes.push({ card, typed: await world.codesOf(await world.request(card, number)) });
    }
    const [one, two] = codes;
    await world.put(one?.card ?? '', '989350000002');
    for (const { card, typed } of codes) expect(await world.complete(card, typed)).toMatchObject(REFUSED);
    // D-16: the other card's registration stays.
    expect(await world.request(two?.card ?? '', number)).toMatchObject({ outcome: 'done' });
  });

  it('closed by the core, it gets none', async () => {
    const { card, typed } = await world.pending();
    await world.ask({ kind: 'close-subject', ...world.asked(card, '') });
    expect(await world.complete(card, typed)).toMatchObject(REFUSED);
    expect(await world.request(card)).toMatchObject({ outcome: 'closed' });
  });

  it('the same number put again changes nothing', async () => {
    const { card, typed } = await world.pending();
    await world.put(card);
    expect(await world.complete(card, typed)).toMatchObject({ isActivated: true });
  });
});
