// Rules of the banks that show only over gRPC: which channel may ask, and what a card is locked by.
import { randomUUID } from 'node:crypto';
import { RecipientKeys } from '@ramz/custody';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cardNumber } from '../harness/cards.ts';
import { KnownToken } from '../harness/known-token.ts';
import { Lab } from '../harness/lab.ts';
import { askRamz } from '../harness/run-ramz.ts';

describe("the bank's rules over gRPC", () => {
  let lab: Lab;
  let keys: RecipientKeys;
  beforeAll(async () => {
    lab = await Lab.start();
    keys = await RecipientKeys.make();
  });
  afterAll(() => lab[Symbol.asyncDispose]());

  const enrol = (n: number, purpose: 'PURPOSE_FIRST_PIN' | 'PURPOSE_SECOND_PIN') =>
    KnownToken.enrol(lab.client('enrolment-office'), cardNumber(n), keys, purpose);

  it('S-15, M-33: a channel that the profile does not name is refused by name, not counted, and in the log', async () => {
    const token = await enrol(1, 'PURPOSE_SECOND_PIN');
    const telephone = lab.client('telephone-bank');
    const before = Number((await lab.client('auditor').status()).logSize);
    for (let i = 0; i < 6; i++) {
      const refused = telephone.verify(token.request(token.wrongCode(), randomUUID()));
      await expect(refused).rejects.toMatchObject({ code: 'PERMISSION_DENIED', reason: 'CHANNEL_NOT_ALLOWED' });
    }
    expect(Number((await lab.client('auditor').status()).logSize)).toBe(before + 6);
    const { verdict } = await lab.client('internet-bank').verify(token.request(token.code(), randomUUID()));
    expect(verdict).toBe('VERDICT_ACCEPTED');
  });

  it('D-2: the tenth wrong code of a card in 24 h locks all its purposes, also after a restart', async () => {
    const first = await enrol(2, 'PURPOSE_FIRST_PIN');
    const second = await enrol(2, 'PURPOSE_SECOND_PIN');
    const tryFirst = (code: string) => lab.client('pos').verify(first.request(code, randomUUID()));
    const trySecond = (code: string) => lab.client('internet-bank').verify(second.request(code, randomUUID()));
    const wrong: string[] = [];
    for (let i = 0; i < 4; i++) wrong.push((await tryFirst(first.wrongCode())).verdict);
    for (let i = 0; i < 4; i++) wrong.push((await trySecond(second.wrongCode())).verdict);
    expect((await trySecond(second.code())).verdict).toBe('VERDICT_ACCEPTED');
    wrong.push((await trySecond(second.wrongCode())).verdict);
    expect(wrong).toEqual(Array(9).fill('VERDICT_REFUSED'));
    const tenth = await lab.client('fraud-desk').verify(second.request(second.wrongCode(), randomUUID()));
    expect(tenth).toMatchObject({ verdict: 'VERDICT_LOCKED', reason: 'VERDICT_REASON_CARD_LOCKED_NOW' });
    expect((await tryFirst(first.code())).verdict).toBe('VERDICT_LOCKED');
    await lab.kill('both');
    await lab.startDaemon();
    await lab.unseal();
    expect((await tryFirst(first.code())).verdict).toBe('VERDICT_LOCKED');
    expect((await trySecond(second.code())).verdict).toBe('VERDICT_LOCKED');
  });

  it('D-10: a token that drifted is refused, then found by two codes, and followed from then on', async () => {
    const bank = lab.client('internet-bank');
    const token = await enrol(3, 'PURPOSE_SECOND_PIN');
    const late = 7;
    const pair = (back: number) => ({
      ...token.request(token.code(back), randomUUID()),
      nextCode: token.code(back - 1),
    });
    expect((await bank.verify(token.request(token.code(late), randomUUID()))).verdict).toBe('VERDICT_REFUSED');
    // Behind the enrolment nothing is taken, however wide: its floor was set then. So the token drifts ahead.
    expect((await bank.resynchronise(pair(late))).verdict).toBe('VERDICT_REFUSED');
    const found = pair(-1);
    expect((await bank.resynchronise(found)).verdict).toBe('VERDICT_ACCEPTED');
    // The same request again: the same verdict. Its codes in another request: used.
    expect((await bank.resynchronise(found)).verdict).toBe('VERDICT_ACCEPTED');
    const again = { ...found, requestId: randomUUID() };
    expect(await lab.client('fraud-desk').resynchronise(again)).toMatchObject({ reason: 'VERDICT_REASON_USED_CODE' });
    expect((await bank.verify(token.request(token.code(-2), randomUUID()))).verdict).toBe('VERDICT_REFUSED');
    expect((await bank.verify(token.request(token.code(-3), randomUUID()))).verdict).toBe('VERDICT_ACCEPTED');
  });

  it('`ramz resynchronise` finds a token by two codes, and the same two again are used', async () => {
    const token = await enrol(11, 'PURPOSE_SECOND_PIN');
    const codes = ['--code', token.code(-1), '--next-code', token.code(-2)];
    const asked = () => askRamz(lab, 'resynchronise', '--card', token.cardNumber, ...codes, '--as', 'fraud-desk');
    expect(asked()).toMatchObject({ status: 0, said: { verdict: 'VERDICT_ACCEPTED' } });
    expect(asked()).toMatchObject({ status: 1, said: { reason: 'VERDICT_REASON_USED_CODE' } });
  });

  it('resynchronisation further ahead than the profile allows, or of a wrong order, is refused and counted', async () => {
    const desk = lab.client('fraud-desk');
    const token = await enrol(4, 'PURPOSE_SECOND_PIN');
    const tries = [
      [token.code(-8), token.code(-9)],
      [token.code(-2), token.code(-1)],
      [token.code(-1), token.code(-3)],
      [token.code(-1), token.code(-1)],
    ];
    for (const [code = '', nextCode = ''] of tries) {
      const said = await desk.resynchronise({ ...token.request(code, randomUUID()), nextCode });
      expect(said).toMatchObject({ verdict: 'VERDICT_REFUSED', reason: 'VERDICT_REASON_WRONG_CODE' });
    }
    expect((await desk.verify(token.request(token.wrongCode(), randomUUID()))).verdict).toBe('VERDICT_LOCKED');
  });

  it('a terminal that sends many wrong codes is slowed down; others, and the cards, are not', async () => {
    const shop = lab.client('pos');
    const guess = (n: number, terminalId: string) =>
      shop.verify({
        requestId: randomUUID(),
        cardNumber: cardNumber(1_000 + n),
        purpose: 'PURPOSE_FIRST_PIN',
        code: '0000',
        terminalId,
      });
    for (let n = 0; n < 10; n++) expect((await guess(n, 'GUESSER')).verdict).toBe('VERDICT_REFUSED');
    await expect(guess(10, 'GUESSER')).rejects.toMatchObject({ code: 'RESOURCE_EXHAUSTED', reason: 'BUDGET_SPENT' });
    expect((await guess(10, 'ANOTHER')).verdict).toBe('VERDICT_REFUSED');
    // The same request again is no other try, and many in one call are not let through either.
    const request = { ...(await enrol(6, 'PURPOSE_FIRST_PIN')).request('0000', randomUUID()), terminalId: 'CALM' };
    for (let i = 0; i < 15; i++) expect((await shop.verify(request)).verdict).toBe('VERDICT_REFUSED');
    const many = Array.from({ length: 50 }, (_, n) => ({
      requestId: randomUUID(),
      cardNumber: cardNumber(2_000 + n),
      purpose: 'PURPOSE_FIRST_PIN' as const,
      code: '0000',
      terminalId: 'BATCH',
    }));
    await expect(shop.verifyBatch(many)).rejects.toMatchObject({ reason: 'BUDGET_SPENT' });
    const token = await enrol(5, 'PURPOSE_FIRST_PIN');
    expect((await shop.verify(token.request(token.code(), randomUUID()))).verdict).toBe('VERDICT_ACCEPTED');
    // The log has the alarm, with the place and no card.
    const { entries } = await lab.client('auditor').entries(0, 1_000);
    const text = entries.map((entry) => entry.toString('latin1')).join('\n');
    expect(text).toContain('alarm: 10 of 10 failed in 300 s, terminal pos/GUESSER');
  });
});
