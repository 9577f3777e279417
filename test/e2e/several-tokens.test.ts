// Bank Sepah: one customer with many tokens, in the internet bank and the mobile bank.
import { randomUUID } from 'node:crypto';
import { RecipientKeys } from '@ramz/custody';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KnownToken } from '../harness/known-token.ts';
import { Lab } from '../harness/lab.ts';

describe('the profile sepah', () => {
  let lab: Lab;
  let keys: RecipientKeys;
  beforeAll(async () => {
    lab = await Lab.start('real', 'operational', ['--profile', 'sepah']);
    keys = await RecipientKeys.make();
  });
  afterAll(() => lab[Symbol.asyncDispose]());

  const enrol = (customerNumber: string, serial: string) =>
    KnownToken.enrolFor(
      lab.client('enrolment-office'),
      { customerNumber, purpose: 'PURPOSE_CHANNEL_LOGIN' },
      keys,
      serial,
    );
  const verdictOn = async (token: KnownToken, code: string, tokenSerial = '') =>
    (await lab.client('back-office').verify({ ...token.request(code, randomUUID()), tokenSerial })).reason;

  it('S-13, D-13: tries every active token of a customer, and accepts each code once', async () => {
    const tokens = await Promise.all(['A', 'B', 'C'].map((serial) => enrol('10020030', serial)));
    for (const token of tokens) expect(await verdictOn(token, token.code())).toBe('VERDICT_REASON_ACCEPTED');
    for (const token of tokens) expect(await verdictOn(token, token.code())).toBe('VERDICT_REASON_USED_CODE');
  });

  it('D-13: tries only the token that a caller names, and reports an unknown one as not enrolled', async () => {
    const [a, b] = [await enrol('10020031', 'A'), await enrol('10020031', 'B')];
    expect(await verdictOn(a, a.code(), 'B')).toBe('VERDICT_REASON_WRONG_CODE');
    expect(await verdictOn(a, a.code(), 'nobody')).toBe('VERDICT_REASON_NOT_ENROLLED');
    expect(await verdictOn(a, a.code(), 'A')).toBe('VERDICT_REASON_ACCEPTED');
    expect(await verdictOn(b, b.code(), 'B')).toBe('VERDICT_REASON_ACCEPTED');
  });

  it('replaces a token that is enrolled again, and no other', async () => {
    const [a, b] = [await enrol('10020032', 'A'), await enrol('10020032', 'B')];
    const again = await enrol('10020032', 'A');
    expect(await verdictOn(a, a.code())).toBe('VERDICT_REASON_WRONG_CODE');
    expect(await verdictOn(again, again.code())).toBe('VERDICT_REASON_ACCEPTED');
    expect(await verdictOn(b, b.code())).toBe('VERDICT_REASON_ACCEPTED');
  });

  it('D-3: locks all tokens of a customer after five wrong codes, but not one enrolled afterwards', async () => {
    const [a, b] = [await enrol('10020033', 'A'), await enrol('10020033', 'B')];
    for (let i = 0; i < 5; i++) await verdictOn(a, a.wrongCode());
    expect(await verdictOn(b, b.code())).toBe('VERDICT_REASON_LOCKED_BEFORE');
    const c = await enrol('10020033', 'C');
    expect(await verdictOn(b, b.code())).toBe('VERDICT_REASON_WRONG_CODE');
    expect(await verdictOn(c, c.code())).toBe('VERDICT_REASON_ACCEPTED');
  });

  it('S-12: lets one device make codes for different customers, each with its own seed', async () => {
    const [one, other] = [await enrol('10020034', 'SHARED'), await enrol('10020035', 'SHARED')];
    expect(await verdictOn(one, other.code())).toBe('VERDICT_REASON_WRONG_CODE');
    expect(await verdictOn(one, one.code())).toBe('VERDICT_REASON_ACCEPTED');
  });

  it('S-15: rejects the telephone bank, which is off by default', async () => {
    const token = await enrol('10020036', 'A');
    const refused = lab.client('telephone-bank').verify(token.request(token.code(), randomUUID()));
    await expect(refused).rejects.toMatchObject({ code: 'PERMISSION_DENIED', reason: 'CHANNEL_NOT_ALLOWED' });
    const taken = lab.client('mobile-bank').verify(token.request(token.code(), randomUUID()));
    expect((await taken).verdict).toBe('VERDICT_ACCEPTED');
  });

  it('rejects a card number, a purpose of another bank and an invalid customer number by field', async () => {
    const token = await enrol('10020037', 'A');
    const request = token.request(token.code(), randomUUID());
    const wrong = [
      [{ cardNumber: '6280231234567890' }, 'card_number'],
      [{ purpose: 'PURPOSE_SECOND_PIN' as const }, 'purpose'],
      [{ customerNumber: '123' }, 'customer_number'],
      [{ customerNumber: 'ali-1234' }, 'customer_number'],
    ] as const;
    for (const [change, field] of wrong) {
      const refused = lab.client('internet-bank').verify({ ...request, ...change });
      await expect(refused).rejects.toMatchObject({
        code: 'INVALID_ARGUMENT',
        message: expect.stringContaining(field),
      });
    }
    const kept = { ...request, customerNumber: '۱۰۰۲۰۰۳۷' };
    expect((await lab.client('internet-bank').verify(kept)).verdict).toBe('VERDICT_ACCEPTED');
  });
});
