// Rules of the banks that apply only over gRPC: which channel may verify, and what locks a card.
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

  it('S-15, M-7: reject a channel that the profile does not name, log it, and count no try', async () => {
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

  it('M-14: refuse the code of one card for another', async () => {
    const [one, other] = [await enrol(20, 'PURPOSE_SECOND_PIN'), await enrol(21, 'PURPOSE_SECOND_PIN')];
    const bank = lab.client('internet-bank');
    expect((await bank.verify(other.request(one.code(), randomUUID()))).verdict).toBe('VERDICT_REFUSED');
    expect((await bank.verify(one.request(one.code(), randomUUID()))).verdict).toBe('VERDICT_ACCEPTED');
  });

  it('D-2: lock all purposes of a card at its tenth wrong code in 24 h, also after a restart', async () => {
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

  it('D-10: refuse a drifted token, resynchronise it by two codes, and follow it from then on', async () => {
    const bank = lab.client('internet-bank');
    const token = await enrol(3, 'PURPOSE_SECOND_PIN');
    const late = 7;
    const pair = (back: number) => ({
      ...token.request(token.code(back), randomUUID()),
      nextCode: token.code(back - 1),
    });
    expect((await bank.verify(token.request(token.code(late), randomUUID()))).verdict).toBe('VERDICT_REFUSED');
    // Steps before the enrolment are never accepted, since it set the floor. So the token drifts
    // ahead.
    expect((await bank.resynchronise(pair(late))).verdict).toBe('VERDICT_REFUSED');
    const found = pair(-1);
    expect((await bank.resynchronise(found)).verdict).toBe('VERDICT_ACCEPTED');
    // The same request repeats its verdict. The same codes in another request are used.
    expect((await bank.resynchronise(found)).verdict).toBe('VERDICT_ACCEPTED');
    const again = { ...found, requestId: randomUUID() };
    expect(await lab.client('fraud-desk').resynchronise(again)).toMatchObject({ reason: 'VERDICT_REASON_USED_CODE' });
    expect((await bank.verify(token.request(token.code(-2), randomUUID()))).verdict).toBe('VERDICT_REFUSED');
    expect((await bank.verify(token.request(token.code(-3), randomUUID()))).verdict).toBe('VERDICT_ACCEPTED');
  });

  it('let `ramz resynchronise` accept two codes once', async () => {
    const token = await enrol(11, 'PURPOSE_SECOND_PIN');
    const codes = ['--code', token.code(-1), '--next-code', token.code(-2)];
    const asked = () => askRamz(lab, 'resynchronise', '--card', token.cardNumber, ...codes, '--as', 'fraud-desk');
    expect(asked()).toMatchObject({ status: 0, said: { verdict: 'VERDICT_ACCEPTED' } });
    expect(asked()).toMatchObject({ status: 1, said: { reason: 'VERDICT_REASON_USED_CODE' } });
  });

  it('refuse and count a resynchronisation too far ahead or with codes in a wrong order', async () => {
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

  it('limit a terminal that sends many wrong codes, but not other terminals or the cards', async () => {
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
    // A repeated request is not another try, and many tries in one call are limited, too.
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
    // The log contains the alarm with the terminal and without a card.
    const { entries } = await lab.client('auditor').entries(0, 1_000);
    const text = entries.map((entry) => entry.toString('latin1')).join('\n');
    expect(text).toContain('alarm: 10 of 10 failed in 300 s, terminal pos/GUESSER');
  });
});
