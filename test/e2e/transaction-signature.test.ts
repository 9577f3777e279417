// A code that confirms one transaction. The test computes it as a token vendor would from the
// contract: with Node's own hashes and none of our code.
import { createHash, createHmac, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { RecipientKeys } from '@ramz/custody';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Lab } from '../harness/lab.ts';
import { askRamz } from '../harness/run-ramz.ts';

const TRANSFER = { type: 'transfer', amount: '1500000', currency: 'IRR', payee: 'IR820540102680020817909002' };
type Transaction = typeof TRANSFER;

/** The signing app of one customer. */
class Signer {
  readonly customerNumber: string;
  readonly seed: Buffer;
  readonly suite: string;

  constructor(customerNumber: string, seed: Buffer, suite: string) {
    this.customerNumber = customerNumber;
    this.seed = seed;
    this.suite = suite;
  }

  sign(transaction: Transaction, stepsBack = 0): string {
    return this.signAt(transaction, Math.floor(Date.now() / 60_000) - stepsBack);
  }

  signAt({ type, amount, currency, payee }: Transaction, step: number): string {
    const fields = [type, amount, currency, payee].flatMap((field) => {
      const bytes = Buffer.from(field, 'utf8');
      return [Buffer.from([bytes.length >> 8, bytes.length & 0xff]), bytes];
    });
    const challenge = createHash('sha256')
      .update(Buffer.concat([Buffer.from('ramz/transaction/v1'), ...fields]))
      .digest();
    const time = Buffer.alloc(8);
    time.writeBigUInt64BE(BigInt(step));
    const input = Buffer.concat([Buffer.from(`${this.suite}\0`), challenge, Buffer.alloc(96), time]);
    const mac = createHmac('sha256', this.seed).update(input).digest();
    const at = (mac.at(-1) ?? 0) & 0xf;
    return String((mac.readUInt32BE(at) & 0x7fffffff) % 10 ** 8).padStart(8, '0');
  }
}

describe('a code that signs a transaction', () => {
  let lab: Lab;
  let keys: RecipientKeys;
  beforeAll(async () => {
    lab = await Lab.start('real', 'operational', ['--profile', 'sepah']);
    keys = await RecipientKeys.make();
  });
  afterAll(() => lab[Symbol.asyncDispose]());

  const enrol = async (customerNumber: string, tokenSerial = 'APP') => {
    const request = { customerNumber, purpose: 'PURPOSE_TRANSACTION_SIGNATURE' as const, tokenSerial };
    const office = lab.client('enrolment-office');
    const made = await office.enrol({ ...request, tokenPublicKey: Buffer.from(keys.publicKey) });
    using seed = await keys.open('seed', made.sealedSeed, made.enrolmentId);
    return new Signer(customerNumber, Buffer.from(seed.expose()), made.parameters?.ocraSuite ?? '');
  };
  const verify = async ({ customerNumber }: Signer, transaction: Transaction, code: string) => {
    const request = { requestId: randomUUID(), customerNumber, transaction, code };
    return (await lab.client('back-office').verifySignature(request)).reason.replace('VERDICT_REASON_', '');
  };

  it('is accepted for exactly this transaction, once', async () => {
    const signer = await enrol('70000001');
    expect(signer.suite).toBe('OCRA-1:HOTP-SHA256-8:QH64-T1M');
    const code = signer.sign(TRANSFER);
    expect(await verify(signer, TRANSFER, code)).toBe('ACCEPTED');
    expect(await verify(signer, TRANSFER, code)).toBe('USED_CODE');
  });

  it('is accepted beside another transaction of the same step, and never twice, under a race', async () => {
    const signer = await enrol('70000011');
    const step = Math.floor(Date.now() / 60_000);
    const payments = Array.from({ length: 3 }, (_, i) => ({ ...TRANSFER, amount: `${2_000 + i}` }));
    const tries = payments.flatMap((payment) =>
      Array.from({ length: 20 }, () => ({ payment, code: signer.signAt(payment, step) })),
    );
    const verdicts = await Promise.all(
      tries.map(async ({ payment, code }) => `${payment.amount} ${await verify(signer, payment, code)}`),
    );
    const expected = payments.flatMap(({ amount }) => [`${amount} ACCEPTED`, ...Array(19).fill(`${amount} USED_CODE`)]);
    const sorted = (all: readonly string[]) => all.toSorted((one, other) => one.localeCompare(other));
    expect(sorted(verdicts)).toEqual(sorted(expected));
    // What was signed before the step of the last payment stays refused.
    expect(await verify(signer, TRANSFER, signer.signAt(TRANSFER, step - 1))).not.toBe('ACCEPTED');
    await lab.kill('both');
    await lab.startDaemon('real', ['--profile', 'sepah']);
    await lab.unseal();
    for (const payment of payments)
      expect(await verify(signer, payment, signer.signAt(payment, step))).not.toBe('ACCEPTED');
  });

  it.each([
    ['another type', { type: 'bill' }],
    ['a rial more', { amount: '1500001' }],
    ['the same number with a fraction', { amount: '1500000.0' }],
    ['another currency', { currency: 'EUR' }],
    ['another payee', { payee: 'IR820540102680020817909003' }],
    [
      'a digit that moves from one field to the next',
      { amount: '150000', currency: 'IRR', payee: `0${TRANSFER.payee}` },
    ],
  ])('PSD2 RTS 5: is a wrong code for %s', async (_, change) => {
    const signer = await enrol('70000002');
    const code = signer.sign(TRANSFER);
    expect(await verify(signer, { ...TRANSFER, ...change }, code)).toBe('WRONG_CODE');
    expect(await verify(signer, TRANSFER, code)).toBe('ACCEPTED');
  });

  // Persian letters and no joiner: the canonical form of what a keyboard writes in several ways.
  it.each([
    ['70000003', 'شرکت توزيع نيروي برق خانه\u200cها', 'شرکت توزیع نیروی برق خانهها'],
    ['70000033', 'بانک مسكن', 'بانک مسکن'],
    ['70000034', 'Cafe\u0301 ', 'Café'],
  ])('accepts one payee in any spelling: %s', async (customer, typed, signed) => {
    const signer = await enrol(customer);
    const code = signer.sign({ ...TRANSFER, payee: signed });
    expect(await verify(signer, { ...TRANSFER, payee: typed }, code)).toBe('ACCEPTED');
  });

  it('matches the example in the documentation', () => {
    const seed = Buffer.from(Uint8Array.from({ length: 32 }, (_, i) => i));
    const signer = new Signer('', seed, 'OCRA-1:HOTP-SHA256-8:QH64-T1M');
    const code = signer.signAt(TRANSFER, Date.UTC(2026, 0, 1, 12) / 60_000);
    expect(readFileSync(new URL('../../docs/reference/signatures.md', import.meta.url), 'utf8')).toContain(
      `| code | \`${code}\` |`,
    );
  });

  it('accepts a payee of 140 characters of any byte length', async () => {
    const signer = await enrol('70000009');
    const longest = { ...TRANSFER, payee: '🏦'.repeat(140) };
    expect(await verify(signer, longest, signer.sign(longest))).toBe('ACCEPTED');
  });

  it.each([
    ['no transaction', undefined, 'transaction'],
    ['an amount with a separator', { amount: '1,500,000' }, 'transaction.amount'],
    ['an amount with a leading zero', { amount: '01' }, 'transaction.amount'],
    ['a currency of four letters', { currency: 'RIAL' }, 'transaction.currency'],
    ['a line break', { payee: 'a\nb' }, 'transaction.payee'],
    ['a payee that shows nothing', { payee: '\u200c\u00a0' }, 'transaction.payee'],
    ['no payee', { payee: '' }, 'transaction.payee'],
    ['a payee of 141 characters', { payee: '🏦'.repeat(141) }, 'transaction.payee'],
    ['a type with a capital', { type: 'Transfer' }, 'transaction.type'],
  ])('is rejected by field with %s', async (_, change, field) => {
    const request = { requestId: randomUUID(), customerNumber: '70000001', code: '00000000' };
    const transaction = change === undefined ? {} : { transaction: { ...TRANSFER, ...change } };
    const refused = lab.client('internet-bank').verifySignature({ ...request, ...transaction });
    await expect(refused).rejects.toMatchObject({ code: 'INVALID_ARGUMENT', message: expect.stringContaining(field) });
  });

  it('resynchronises its token by two codes that sign one transaction, once', async () => {
    const find = async (signer: Signer, caller: string, back: number, transaction = TRANSFER) => {
      const { customerNumber } = signer;
      const pair = { code: signer.sign(TRANSFER, back), nextCode: signer.sign(TRANSFER, back - 1) };
      const of = { requestId: randomUUID(), customerNumber, purpose: 'PURPOSE_TRANSACTION_SIGNATURE' as const };
      const { reason } = await lab.client(caller).resynchronise({ ...of, ...pair, transaction });
      return reason.replace('VERDICT_REASON_', '');
    };
    const signer = await enrol('70000014');
    expect(await find(signer, 'back-office', 1, { ...TRANSFER, amount: '1500001' })).toBe('WRONG_CODE');
    // The profile's search range for signatures is small, since an app's clock is right.
    expect(await find(signer, 'back-office', 4)).toBe('WRONG_CODE');
    expect(await find(signer, 'back-office', 1)).toBe('RESYNCHRONISED');
    expect(await find(signer, 'back-office', 1)).toBe('USED_CODE');
    expect(await verify(signer, TRANSFER, signer.sign(TRANSFER))).toBe('USED_CODE');
  });

  it('cannot be replaced by a bare code, in a verification or a resynchronisation', async () => {
    const signer = await enrol('70000004');
    const { customerNumber } = signer;
    const bare = { requestId: randomUUID(), customerNumber, purpose: 'PURPOSE_TRANSACTION_SIGNATURE' as const };
    const bank = lab.client('internet-bank');
    await expect(bank.verify({ ...bare, code: '12345678' })).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
    const pair = { ...bare, code: '12345678', nextCode: '12345679' };
    await expect(bank.resynchronise(pair)).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
  });

  it('is accepted from any of several tokens, once each, and five wrong ones lock', async () => {
    const [one, other] = [await enrol('70000005', 'A'), await enrol('70000005', 'B')];
    expect(await verify(one, TRANSFER, one.sign(TRANSFER))).toBe('ACCEPTED');
    expect(await verify(one, TRANSFER, other.sign(TRANSFER))).toBe('ACCEPTED');
    const second = { ...TRANSFER, amount: '2' };
    // M-53: each code signs one transaction. The next transaction has another code.
    expect(await verify(one, second, one.sign(second))).toBe('ACCEPTED');
    expect(await verify(one, second, one.sign(second))).toBe('USED_CODE');
    for (let i = 0; i < 4; i++) expect(await verify(one, second, '00000000')).toBe('WRONG_CODE');
    expect(await verify(one, second, '00000000')).toBe('LOCKED_NOW');
  });

  it('repeats its first verdict for a repeated request, and rejects its id for another transaction', async () => {
    const signer = await enrol('70000006');
    const { customerNumber } = signer;
    const request = { requestId: randomUUID(), customerNumber, transaction: TRANSFER, code: signer.sign(TRANSFER) };
    const bank = lab.client('internet-bank');
    const first = await bank.verifySignature(request);
    expect(first.verdict).toBe('VERDICT_ACCEPTED');
    expect(await bank.verifySignature(request)).toEqual({ ...first, repeated: true });
    const other = { ...request, transaction: { ...TRANSFER, amount: '9' } };
    await expect(bank.verifySignature(other)).rejects.toMatchObject({ reason: 'REQUEST_ID_REUSED' });
  });

  it('is verified by `ramz verify-signature`, with the verdict as exit code', async () => {
    const signer = await enrol('70000007');
    const { type, amount, currency, payee } = TRANSFER;
    const signed = ['--type', type, '--amount', amount, '--currency', currency, '--payee', payee];
    const who = ['--customer', signer.customerNumber, '--code', signer.sign(TRANSFER), '--as', 'back-office'];
    const asked = () => askRamz(lab, 'verify-signature', ...who, ...signed);
    expect(asked()).toMatchObject({ status: 0, said: { verdict: 'VERDICT_ACCEPTED' } });
    expect(asked()).toMatchObject({ status: 1, said: { reason: 'VERDICT_REASON_USED_CODE' } });
    const other = askRamz(lab, 'verify-signature', ...who, ...signed.with(3, '1,5'));
    expect(other).toMatchObject({ status: 2, said: { error: { code: 'INVALID_ARGUMENT' } } });
  });
});
