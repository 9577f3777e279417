// Bank Sepah: a permission, then one code from a branch, for each installation of a customer.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { IssueReply } from '../../apps/hsm-daemon/src/boundary/activation-commands.ts';
import { ActivationWorld } from '../harness/activation-world.ts';

let world: ActivationWorld;
let customers = 0;
beforeAll(async () => {
  world = await ActivationWorld.start('sepah');
});
afterAll(() => world.stop());

const newCustomer = () => `customer/${70_000 + customers++}`;

async function permit(
  subjectName: string,
  personKind: 'natural' | 'legal' = 'natural',
  holders: string[] = [],
  accountReference = 'A',
) {
  const who = { accountReference, accountKind: 'single', openingBranch: '12', branch: '12' } as const;
  const asked = world.asked(subjectName, 'branch');
  return world.ask({ kind: 'issue-permission', ...asked, ...who, personKind, holders, present: holders });
}

function codeAt(
  kind: 'allocate-code' | 'reissue-code',
  subjectName: string,
  branch = '12',
  present: string[] = [],
): Promise<IssueReply> {
  return world.ask<'allocate-code'>({
    kind,
    ...world.asked(subjectName, 'branch'),
    zone: '',
    branch,
    present,
  } as Parameters<typeof world.ask<'allocate-code'>>[0]);
}

const verify = async (subjectName: string, code: string) => {
  const attempt = { requestId: `${subjectName}${code}`, subjectName, purpose: 'channel-login', tokenSerial: '', code };
  const call = { caller: 'b', group: 'b', channel: 'internet-bank', attempts: [attempt] } as const;
  const { results } = await world.ask({ kind: 'verify', ...call } as Parameters<typeof world.ask<'verify'>>[0]);
  return results[0]?.reason;
};

it('S-4, S-20, S-21: a permission, then a code of 12 digits and a check digit, then the app', async () => {
  const customer = newCustomer();
  expect(await codeAt('allocate-code', customer)).toMatchObject({ outcome: 'no-permission', code: undefined });
  await permit(customer);
  const issued = await codeAt('allocate-code', customer);
  expect(issued).toMatchObject({ outcome: 'done', text: undefined });
  expect(issued.code?.digits).toMatch(/^\d{13}$/);
  expect(issued.code?.untilMs).toBe(world.nowMs + 72 * 3_600_000);
  const typed = await world.codesOf(issued);
  const wrongDigit = `${typed.printed.slice(0, -1)}${(Number(typed.printed.at(-1)) + 1) % 10}`;
  expect(await world.complete(customer, { ...typed, printed: wrongDigit })).toMatchObject({ isActivated: false });
  const reply = await world.complete(customer, typed);
  expect(reply.purposes.map(({ purpose }) => purpose)).toEqual(['channel-login', 'transaction-signature']);
  expect(await verify(customer, await world.codeOf(reply, typed.app, 'channel-login'))).toBe('accepted');
});

it('S-23, S-25: a code is issued again in place of the former one, and only by that', async () => {
  const customer = newCustomer();
  await permit(customer);
  expect(await codeAt('reissue-code', customer)).toMatchObject({ outcome: 'no-activation' });
  const lost = await world.codesOf(await codeAt('allocate-code', customer));
  expect(await codeAt('allocate-code', customer)).toMatchObject({ outcome: 'activation-pending' });
  const other = await world.codesOf(await codeAt('reissue-code', customer));
  expect(await world.complete(customer, lost)).toMatchObject({ isActivated: false });
  expect(await world.complete(customer, other)).toMatchObject({ isActivated: true });
  // S-23: deactivated by a form, the codes end.
  await world.ask({ kind: 'deactivate', ...world.asked(customer, 'branch') });
  expect(await world.statusOf(customer, 'channel-login')).toBe('deactivated');
});

it('S-12, S-13: one customer has several installations, and one installation several customers', async () => {
  const [one, two] = [newCustomer(), newCustomer()];
  await permit(one);
  await permit(two);
  const phone = await world.codesOf(await codeAt('allocate-code', one));
  const first = await world.complete(one, phone);
  const tablet = await world.codesOf(await codeAt('allocate-code', one));
  const second = await world.complete(one, tablet);
  // S-13: the second installation leaves the first one.
  expect(await verify(one, await world.codeOf(first, phone.app, 'channel-login'))).toBe('accepted');
  expect(await verify(one, await world.codeOf(second, tablet.app, 'channel-login'))).toBe('accepted');
  // S-12: the same installation, with its key, for another customer.
  const forTwo = await world.codesOf(await codeAt('allocate-code', two));
  const third = await world.complete(two, { ...forTwo, app: phone.app });
  expect(await verify(two, await world.codeOf(third, phone.app, 'channel-login'))).toBe('accepted');
});

it('S-18, S-19, S-22: a legal person gets a code where its account was opened, all signatories present', async () => {
  const [ada, bea] = ['0012345679', '0490000010'];
  const company = newCustomer();
  await permit(company, 'legal', [ada, bea]);
  expect(await codeAt('allocate-code', company, '7', [ada, bea])).toMatchObject({ outcome: 'wrong-branch' });
  expect(await codeAt('allocate-code', company, '12', [ada])).toMatchObject({ outcome: 'holders-missing' });
  expect(await codeAt('allocate-code', company, '12', [bea, ada, bea])).toMatchObject({ outcome: 'done' });
});

it('S-18, S-19: a permission that needs no one is no way around one that needs people', async () => {
  const [ada] = ['0012345679'];
  const mixed = newCustomer();
  await permit(mixed, 'legal', [ada]);
  await permit(mixed, 'natural', [], 'B');
  expect(await codeAt('allocate-code', mixed, '99')).toMatchObject({ outcome: 'wrong-branch' });
  expect(await codeAt('allocate-code', mixed, '12', [ada])).toMatchObject({ outcome: 'done' });
});

it('S-20: a code ends with any permission of its customer', async () => {
  const company = newCustomer();
  await permit(company, 'legal', ['0012345679'], 'A');
  await permit(company, 'legal', ['0490000010'], 'B');
  const typed = await world.codesOf(await codeAt('allocate-code', company, '12', ['0012345679']));
  await world.ask({ kind: 'withdraw-permission', ...world.asked(company, 'branch'), accountReference: 'A' });
  expect(await world.complete(company, typed)).toMatchObject({ isActivated: false });
});

it('with the last permission its codes end, too', async () => {
  const customer = newCustomer();
  await permit(customer);
  const typed = await world.codesOf(await codeAt('allocate-code', customer));
  const asked = world.asked(customer, 'branch');
  await world.ask({ kind: 'withdraw-permission', ...asked, accountReference: 'A' });
  expect(await world.complete(customer, typed)).toMatchObject({ isActivated: false });
});

it('five wrong tries end a code, and 72 hours do', async () => {
  const customer = newCustomer();
  await permit(customer);
  const typed = await world.codesOf(await codeAt('allocate-code', customer));
  for (let i = 0; i < 5; i++) await world.complete(customer, { ...typed, printed: '0000000000000' });
  expect(await world.complete(customer, typed)).toMatchObject({ isActivated: false });
  const other = await world.codesOf(await codeAt('allocate-code', customer));
  world.nowMs += 72 * 3_600_000;
  expect(await world.complete(customer, other)).toMatchObject({ isActivated: false });
});

it('an ATM activates no one here, and a branch no one at a bank with two codes', async () => {
  const customer = newCustomer();
  await expect(world.request(customer)).rejects.toThrow('not-in-profile');
});
