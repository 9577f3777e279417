// Every kind of bad input has its own documented answer (docs/reference/errors.md). None
// crashes the daemon or leaves a code or a card number in a log.
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client, credentials, type ServiceError, status } from '@grpc/grpc-js';
import { CallRefused } from '@ramz/client';
import { RecipientKeys } from '@ramz/custody';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cardNumber } from '../harness/cards.ts';
import { KnownToken } from '../harness/known-token.ts';
import { Lab } from '../harness/lab.ts';
import { readDetails } from '../harness/status-details.ts';

const PERSIAN = '۰۱۲۳۴۵۶۷۸۹';
const ARABIC = '٠١٢٣٤٥٦٧٨٩';
const FULL_WIDTH = '０１２３４５６７８９';
const inDigits = (digits: string, code: string) => code.replace(/[0-9]/g, (digit) => digits[Number(digit)] ?? '');

const refused = async (call: Promise<unknown>) =>
  call.then(
    () => 'answered',
    (error: unknown) =>
      error instanceof CallRefused ? { code: error.code, ...readDetails(error.statusDetails) } : error,
  );

describe('bad input', () => {
  let lab: Lab;
  let keys: RecipientKeys;
  let nextCard = 0;
  const newToken = () => KnownToken.enrol(lab.client('enrolment-office'), cardNumber(nextCard++), keys);

  beforeAll(async () => {
    lab = await Lab.start();
    keys = await RecipientKeys.make();
  });
  afterAll(() => lab[Symbol.asyncDispose]());

  it.each([
    ['Persian', PERSIAN],
    ['Arabic', ARABIC],
  ])('accepts %s digits in code and card number', async (_, digits) => {
    const token = await newToken();
    const bank = lab.client('internet-bank');
    const typed = {
      ...token.request(inDigits(digits, token.code()), randomUUID()),
      cardNumber: inDigits(digits, token.cardNumber),
    };
    expect((await bank.verify(typed)).verdict).toBe('VERDICT_ACCEPTED');
    expect((await bank.verify(token.request(token.code(), randomUUID()))).verdict).toBe('VERDICT_REFUSED');
  });

  const malformed: [string, object, string][] = [
    ['a code too short', { code: '1234567' }, 'code'],
    ['a code too long', { code: '123456789' }, 'code'],
    ['no code', { code: '' }, 'code'],
    ['a very long code', { code: '1'.repeat(100_000) }, 'code'],
    ['letters', { code: '1234567a' }, 'code'],
    ['full-width digits', { code: inDigits(FULL_WIDTH, '12345678') }, 'code'],
    ['spaces', { code: '1234 567' }, 'code'],
    ['NUL', { code: '1234567\0' }, 'code'],
    ['an over-long card number', { cardNumber: '6'.repeat(200) }, 'card_number'],
    ['a card number too short', { cardNumber: '628023123456789' }, 'card_number'],
    ['a bad Luhn digit', { cardNumber: '6280231234567899' }, 'card_number'],
    ['a card of zeros', { cardNumber: '0'.repeat(16) }, 'card_number'],
    ['no purpose', { purpose: 'PURPOSE_UNSPECIFIED' }, 'purpose'],
    ['an unknown purpose', { purpose: 77 }, 'purpose'],
    ['no request id', { requestId: '' }, 'request_id'],
    ['an over-long request id', { requestId: 'x'.repeat(65) }, 'request_id'],
    ['a request id with a line break', { requestId: 'a\nb' }, 'request_id'],
  ];

  it.each(malformed)('rejects %s with INVALID_ARGUMENT, and names the field', async (_, change, field) => {
    const right = {
      requestId: randomUUID(),
      cardNumber: cardNumber(0),
      purpose: 'PURPOSE_SECOND_PIN' as const,
      code: '12345678',
    };
    const bank = lab.client('internet-bank');
    const answer = { code: 'INVALID_ARGUMENT', reason: 'MALFORMED_REQUEST', fields: [field] };
    expect(await refused(bank.verify({ ...right, ...change }))).toEqual(answer);
    const inBatch = { ...answer, fields: [`requests[1].${field}`] };
    expect(await refused(bank.verifyBatch([right, { ...right, ...change }]))).toEqual(inBatch);
  });

  it('does not count a malformed try', async () => {
    const token = await newToken();
    const bank = lab.client('internet-bank');
    for (let i = 0; i < 20; i++) await refused(bank.verify(token.request('1', randomUUID())));
    expect((await bank.verify(token.request(token.code(), randomUUID()))).verdict).toBe('VERDICT_ACCEPTED');
  });

  it('refuses an unknown card with the same answer as a wrong code, except for the log index', async () => {
    const token = await newToken();
    const bank = lab.client('internet-bank');
    const wrong = await bank.verify(token.request(token.wrongCode(), randomUUID()));
    const unknown = await bank.verify({ ...token.request('12345678', randomUUID()), cardNumber: cardNumber(999_999) });
    expect({ ...unknown, logIndex: '' }).toEqual({ ...wrong, logIndex: '' });
    expect(wrong.reason).toBe('VERDICT_REASON_UNSPECIFIED');
  });

  it('D-14: returns the exact reason only to callers with the diagnose right', async () => {
    const token = await newToken();
    const desk = lab.client('fraud-desk');
    const reason = async (code: string) => (await desk.verify(token.request(code, randomUUID()))).reason;
    expect(await reason(token.wrongCode())).toBe('VERDICT_REASON_WRONG_CODE');
    expect(await reason(token.code())).toBe('VERDICT_REASON_ACCEPTED');
    expect(await reason(token.code())).toBe('VERDICT_REASON_USED_CODE');
  });

  it('rejects a reused request id, and the whole call with it', async () => {
    const token = await newToken();
    const bank = lab.client('internet-bank');
    const id = randomUUID();
    await bank.verify(token.request(token.wrongCode(), id));
    const reused = { code: 'INVALID_ARGUMENT', reason: 'REQUEST_ID_REUSED', fields: [] };
    expect(await refused(bank.verify(token.request(token.code(), id)))).toEqual(reused);
    const pair = [token.request(token.code(), randomUUID()), token.request(token.code(), id)];
    expect(await refused(bank.verifyBatch(pair))).toEqual(reused);
    // Another caller has its own ids.
    expect((await lab.client('mobile-bank').verify(token.request(token.code(), id))).verdict).toBe('VERDICT_ACCEPTED');
  });

  it('rejects an empty batch and one of 1,001, and answers one of 1,000 in order', async () => {
    const token = await newToken();
    const bank = lab.client('fraud-desk');
    const requests = (count: number) => Array.from({ length: count }, () => token.request(token.code(), randomUUID()));
    const answer = { code: 'INVALID_ARGUMENT', reason: 'MALFORMED_REQUEST', fields: ['requests'] };
    expect(await refused(bank.verifyBatch([]))).toEqual(answer);
    expect(await refused(bank.verifyBatch(requests(1_001)))).toEqual(answer);
    const reasons = (await bank.verifyBatch(requests(1_000))).map(({ reason }) => reason);
    expect(reasons.shift()).toBe('VERDICT_REASON_ACCEPTED');
    expect(new Set(reasons)).toEqual(new Set(['VERDICT_REASON_USED_CODE']));
  });

  it('rejects a message over the size limit with RESOURCE_EXHAUSTED', async () => {
    const request = {
      requestId: 'x'.repeat(300_000),
      cardNumber: '',
      purpose: 'PURPOSE_SECOND_PIN' as const,
      code: '',
    };
    expect(await refused(lab.client('internet-bank').verify(request))).toMatchObject({ code: 'RESOURCE_EXHAUSTED' });
  });

  it('answers malformed bytes with an error, without a crash', async () => {
    expect(await rawCall(lab, Buffer.from('ffffffffff', 'hex'))).toBe(status.INTERNAL);
  });

  it('rejects a wrong role with PERMISSION_DENIED', async () => {
    const operator = lab.client('operator');
    const answer = { code: 'PERMISSION_DENIED', reason: 'ROLE_NOT_ALLOWED', fields: [] };
    expect(await refused(operator.verify((await newToken()).request('12345678', randomUUID())))).toEqual(answer);
  });

  it.each([
    ['no client certificate', (ca: Buffer) => credentials.createSsl(ca)],
    ['no TLS', () => credentials.createInsecure()],
  ])('accepts no connection with %s', async (_, make) => {
    const ca = readFileSync(join(lab.dataDir, 'pki', 'ca.crt'));
    expect(await rawCall(lab, Buffer.alloc(0), make(ca))).toBe(status.UNAVAILABLE);
  });

  it('rejects an invalid token key with INVALID_ARGUMENT', async () => {
    const office = lab.client('enrolment-office');
    const enrol = { cardNumber: cardNumber(1), purpose: 'PURPOSE_FIRST_PIN' as const, tokenSerial: 'T' };
    const short = { code: 'INVALID_ARGUMENT', reason: 'MALFORMED_REQUEST', fields: ['token_public_key'] };
    expect(await refused(office.enrol({ ...enrol, tokenPublicKey: Buffer.alloc(31) }))).toEqual(short);
    const zero = { code: 'INVALID_ARGUMENT', reason: 'PUBLIC_KEY_MALFORMED', fields: [] };
    expect(await refused(office.enrol({ ...enrol, tokenPublicKey: Buffer.alloc(32) }))).toEqual(zero);
  });

  it('returns FAILED_PRECONDITION while sealed, and serves again when unsealed', async () => {
    const token = await newToken();
    await lab.people().approved({ name: 'seal' }, []);
    const answer = { code: 'FAILED_PRECONDITION', reason: 'WRONG_STATE', fields: [] };
    expect(await refused(lab.client('internet-bank').verify(token.request(token.code(), randomUUID())))).toEqual(
      answer,
    );
    await lab.unseal();
    expect((await lab.client('internet-bank').verify(token.request(token.code(), randomUUID()))).verdict).toBe(
      'VERDICT_ACCEPTED',
    );
  });

  it('leaves no code or card number in the process log, and the daemon running', async () => {
    const log = readFileSync(join(lab.dataDir, 'daemon.log'), 'utf8');
    expect(log).toContain('listening');
    expect(log).not.toMatch(/628023[0-9]{10}|1234567/);
    expect((await lab.client('auditor').status()).state).toBe('DAEMON_STATE_OPERATIONAL');
  });
});

/** Makes a call with arbitrary bytes, as another program might. */
function rawCall(lab: Lab, bytes: Buffer, own?: ReturnType<typeof credentials.createSsl>): Promise<number> {
  const pem = (file: string) => readFileSync(join(lab.dataDir, 'pki', file));
  const right = credentials.createSsl(pem('ca.crt'), pem('internet-bank.key'), pem('internet-bank.crt'));
  const client = new Client(`localhost:${lab.daemon.port}`, own ?? right);
  const path = '/ramz.hsm.v1.VerificationService/Verify';
  const same = (value: Buffer) => value;
  return new Promise((done) => {
    client.makeUnaryRequest(path, same, same, bytes, { deadline: Date.now() + 5_000 }, (error: ServiceError | null) => {
      client.close();
      done(error?.code ?? status.OK);
    });
  });
}
