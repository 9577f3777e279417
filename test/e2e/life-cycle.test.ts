// The life of cards and customers over gRPC: who may ask for which act, what each hears, and what
// stays secret. The table of acts is tried cell by cell in `test/life-cycle`.
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RegisterClient } from '@ramz/client';
import { RecipientKeys } from '@ramz/custody';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cardNumber } from '../harness/cards.ts';
import { KnownToken } from '../harness/known-token.ts';
import { Lab } from '../harness/lab.ts';
import { runRamz } from '../harness/run-ramz.ts';

let lab: Lab;
let keys: RecipientKeys;
beforeAll(async () => {
  lab = await Lab.start();
  keys = await RecipientKeys.make();
});
afterAll(() => lab[Symbol.asyncDispose]());

const as = (caller: string) => lab.client(caller).register;
const asked = (n: number) => ({ requestId: randomUUID(), cardNumber: cardNumber(n) });
const enrol = (n: number) => KnownToken.enrol(lab.client('enrolment-office'), cardNumber(n), keys);
const verdictOn = async (token: KnownToken) => {
  const { verdict, reason } = await lab.client('fraud-desk').verify(token.request(token.code(), randomUUID()));
  return `${verdict} ${reason}`.replace('VERDICT_REASON_', '').replace('VERDICT_', '');
};
type IssueInput = Omit<Parameters<RegisterClient['issuePermission']>[0], 'requestId'>;
const done = { outcome: 'ACT_OUTCOME_DONE', repeated: false };

it('M-33, M-34, D-17: a block at an ATM ends the second PIN, and only a branch lifts it', async () => {
  const token = await enrol(1);
  expect(await verdictOn(token)).toBe('ACCEPTED ACCEPTED');
  expect(await as('atm').blockSecondPin(asked(1))).toMatchObject(done);
  expect(await verdictOn(token)).toBe('REFUSED BLOCKED');
  await expect(enrol(1)).rejects.toMatchObject({ reason: 'SUBJECT_BLOCKED' });
  await expect(as('atm').unblockSecondPin(asked(1))).rejects.toMatchObject({ reason: 'CHANNEL_NOT_ALLOWED' });
  // Deactivated while it is blocked, the static PIN stays off: no event may turn it on.
  await as('atm').deactivate(asked(1));
  const pinEvents: string[] = [];
  for await (const { kind } of lab.client('core').watchEvents(0, true)) if (kind.includes('PIN')) pinEvents.push(kind);
  expect(pinEvents).toEqual(['EVENT_KIND_SECOND_PIN_BLOCKED']);
  expect(await as('branch-12').unblockSecondPin(asked(1))).toMatchObject(done);
  // D-17: not active again, and the old token is void.
  expect(await verdictOn(token)).toBe('REFUSED DEACTIVATED');
  expect(await verdictOn(await enrol(1))).toBe('ACCEPTED ACCEPTED');
});

it('M-29, M-31, D-15: deactivated at an ATM, codes end and the static PIN is back', async () => {
  const token = await enrol(2);
  expect(await as('branch-12').file({ cardNumber: cardNumber(2) })).toMatchObject({ staticSecondPin: false });
  expect(await as('atm').deactivate(asked(2))).toMatchObject(done);
  expect(await verdictOn(token)).toBe('REFUSED DEACTIVATED');
  expect(await as('branch-12').file({ cardNumber: cardNumber(2) })).toMatchObject({
    staticSecondPin: true,
    places: [
      { purpose: 'PURPOSE_FIRST_PIN', status: 'PLACE_STATUS_UNSPECIFIED' },
      { purpose: 'PURPOSE_SECOND_PIN', status: 'PLACE_STATUS_DEACTIVATED', tokens: [] },
      { purpose: 'PURPOSE_TRANSACTION_SIGNATURE', status: 'PLACE_STATUS_UNSPECIFIED' },
    ],
  });
});

it('M-35, D-11, D-16: another number voids the tokens of every card that has them under the former one', async () => {
  for (const n of [3, 4, 5])
    await as('core').putSubject({ ...asked(n), mobileNumber: '0912 000 0001', reference: `C-${n}` });
  await as('core').putSubject({ ...asked(6), mobileNumber: '09120000002' });
  const [three, four, six] = [await enrol(3), await enrol(4), await enrol(6)];
  const same = await as('core').putSubject({ ...asked(3), mobileNumber: '+989120000001' });
  expect(same).toMatchObject({ ...done, voidedEnrolments: 0 });
  const change = { ...asked(5), mobileNumber: '\u06f0\u06f9\u06f1\u06f2\u06f0\u06f0\u06f0\u06f0\u06f0\u06f0\u06f3' };
  const changed = await as('core').putSubject(change);
  expect(changed).toMatchObject({ ...done, voidedSubjects: 2, voidedEnrolments: 2 });
  expect([await verdictOn(three), await verdictOn(four)]).toEqual(['REFUSED VOIDED', 'REFUSED VOIDED']);
  expect(await verdictOn(six)).toBe('ACCEPTED ACCEPTED');
  expect(await as('core').putSubject(change)).toEqual({ ...changed, repeated: true });
  // Changed back, nothing is revived.
  await as('core').putSubject({ ...asked(5), mobileNumber: '09120000001' });
  expect(await verdictOn(three)).toBe('REFUSED VOIDED');
});

it('S-17 to S-20, D-20, D-21: a permission for a legal person needs its branch and all signatories', async () => {
  const customer = { customerNumber: '700123' };
  const request = {
    ...customer,
    accountReference: 'ACC-1',
    personKind: 'PERSON_KIND_LEGAL',
    accountKind: 'ACCOUNT_KIND_SINGLE',
    openingBranch: '12',
    holders: ['0012345679', '0490000010'],
  } satisfies IssueInput;
  const issue = (caller: string, more: object) =>
    as(caller)
      .issuePermission({ ...request, ...more, requestId: randomUUID() })
      .then(({ outcome, missing }) => [outcome, ...missing]);
  // The profile of this bank takes none: permissions are Sepah's.
  await expect(issue('branch-12', { present: request.holders })).rejects.toMatchObject({
    reason: 'CHANNEL_NOT_ALLOWED',
  });
  await using sepah = await Lab.start('real', 'operational', ['--profile', 'sepah']);
  const at = (caller: string, more: object) =>
    sepah
      .client(caller)
      .register.issuePermission({ ...request, ...more, requestId: randomUUID() })
      .then(({ outcome, missing }) => [outcome, ...missing]);
  expect(await at('branch-12', { present: ['0012345679', '0012345679'] })).toEqual([
    'ACT_OUTCOME_HOLDERS_MISSING',
    '0490000010',
  ]);
  expect(await at('branches', { branch: '7', present: request.holders })).toEqual(['ACT_OUTCOME_WRONG_BRANCH']);
  expect(await at('branch-12', { accountKind: 'ACCOUNT_KIND_JOINT', present: request.holders })).toEqual([
    'ACT_OUTCOME_JOINT_ACCOUNT',
  ]);
  await expect(at('branch-12', { branch: '7', present: request.holders })).rejects.toMatchObject({
    code: 'PERMISSION_DENIED',
  });
  await expect(at('fraud-desk', { present: request.holders })).rejects.toMatchObject({ code: 'PERMISSION_DENIED' });
  expect(await at('branch-12', { present: [...request.holders, '1271234564'] })).toEqual(['ACT_OUTCOME_DONE']);
  const file = await sepah.client('branch-12').register.file(customer);
  expect(file.permissions).toMatchObject([{ personKind: 'PERSON_KIND_LEGAL', branch: '12' }]);
  // D-21: the signatories change, so the permission ends.
  const accounts = [{ accountReference: 'ACC-1', holders: ['0012345679'] }];
  await sepah.client('core').register.putSubject({ ...customer, requestId: randomUUID(), accounts });
  expect((await sepah.client('branch-12').register.file(customer)).permissions).toEqual([]);
});

describe('a token', () => {
  it('that is lost is suspended, and resumed when it is found', async () => {
    const token = await enrol(7);
    const one = () => ({ ...asked(7), tokenSerial: 'known' });
    expect(await as('core').reportFound(one())).toMatchObject({ outcome: 'ACT_OUTCOME_NOT_LOST' });
    expect(await as('branch-12').reportLost(one())).toMatchObject(done);
    expect(await verdictOn(token)).toBe('REFUSED NOT_ENROLLED');
    expect(await as('branch-12').reportFound(one())).toMatchObject(done);
    expect(await verdictOn(token)).toBe('ACCEPTED ACCEPTED');
    expect(await as('branch-12').voidToken(one())).toMatchObject({ ...done, voidedEnrolments: 1 });
    expect(await verdictOn(token)).toBe('REFUSED VOIDED');
    expect(await as('branch-12').voidToken(one())).toMatchObject({ outcome: 'ACT_OUTCOME_NO_SUCH_TOKEN' });
  });
});

it('D-14: a customer at an ATM hears no reason, a teller hears it', async () => {
  await as('core').closeSubject(asked(8));
  expect(await as('atm').deactivate(asked(8))).toMatchObject({ outcome: 'ACT_OUTCOME_REFUSED' });
  expect(await as('branch-12').deactivate(asked(8))).toMatchObject({ outcome: 'ACT_OUTCOME_CLOSED' });
  await expect(as('atm').file({ cardNumber: cardNumber(8) })).rejects.toMatchObject({ code: 'PERMISSION_DENIED' });
});

it("events repeat the core's reference to the core, and to no one else", async () => {
  const eventsFor = async (caller: string) => {
    const found: string[] = [];
    for await (const { kind, reference } of lab.client(caller).watchEvents(0, true)) {
      if (kind === 'EVENT_KIND_NUMBER_CHANGED' || kind === 'EVENT_KIND_VOIDED') found.push(reference);
    }
    return found;
  };
  expect(await eventsFor('core')).toEqual(expect.arrayContaining(['C-3', 'C-4', 'C-5']));
  expect(new Set(await eventsFor('auditor'))).toEqual(new Set(['']));
});

it('D-25: no mobile number, national id or reference is in the store, the log or a trace in clear', async () => {
  const secrets = new Map(
    ['C-3-SECRET-REFERENCE', '9120007777', '9120007778'].map((text) => [text, Buffer.from(text)] as const),
  );
  await as('core').putSubject({ ...asked(9), reference: 'C-3-SECRET-REFERENCE', mobileNumber: '09120007777' });
  await as('core').putSubject({ ...asked(9), mobileNumber: '09120007778' });
  const files = (dir: string): string[] =>
    readdirSync(dir).flatMap((name) => {
      const path = join(dir, name);
      return statSync(path).isDirectory() ? files(path) : [path];
    });
  for (const path of files(lab.dataDir)) {
    const bytes = readFileSync(path);
    for (const [text, secret] of secrets) expect([path, bytes.includes(secret) && text]).toEqual([path, false]);
  }
});

it('D-27: a profile may take no direct enrolment at all', async () => {
  const profile = readFileSync(new URL('../../libs/bank-profile/profiles/maskan.yaml', import.meta.url), 'utf8');
  const path = join(lab.dataDir, 'never.yaml');
  writeFileSync(path, profile.replace('direct_enrolment: test-realm', 'direct_enrolment: never'));
  await using strict = await Lab.start('real', 'operational', ['--profile', path]);
  const office = strict.client('enrolment-office');
  await expect(KnownToken.enrol(office, cardNumber(1), keys)).rejects.toMatchObject({ reason: 'DIRECT_ENROLMENT' });
});

it('`ramz card` shows, blocks and unblocks, in English and in Persian', async () => {
  await enrol(10);
  const ramz = (act: string, ...more: string[]) => runRamz(lab, 'card', act, '--card', cardNumber(10), ...more);
  expect(ramz('show').stdout).toContain('second PIN: active [token KNOWN]');
  expect(JSON.parse(ramz('block', '--json').stdout)).toMatchObject({ outcome: 'ACT_OUTCOME_DONE' });
  expect(ramz('show', '--lang', 'fa').stdout).toContain('رمز دوم: مسدود: مراجعه به شعبه');
  expect(ramz('unblock').stdout).toContain('done, audit entry');
  const again = ramz('unblock');
  expect([again.status, again.stdout]).toEqual([1, expect.stringContaining('there is no block to lift')]);
});
