// The scope and lifetime of request ids: a retry through another server of the same bank gets the
// first verdict, another caller's request with the same id is separate, and an id is free again
// after exactly 24 hours.
import { RecipientKeys } from '@ramz/custody';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { cardNumber } from '../harness/cards.ts';
import { issue } from '../harness/certificates.ts';
import { KnownToken } from '../harness/known-token.ts';
import { Lab } from '../harness/lab.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const CHANNEL = ['role:channel', 'channel:internet-bank'];

let lab: Lab;
let keys: RecipientKeys;
beforeAll(async () => {
  lab = await Lab.start('virtual-clock');
  keys = await RecipientKeys.make();
  await issue(lab, { name: 'server-1', names: [...CHANNEL, 'group:internet'] });
  await issue(lab, { name: 'server-2', names: [...CHANNEL, 'group:internet'] });
});
afterAll(() => lab[Symbol.asyncDispose]());
const enrol = (n: number) => KnownToken.enrol(lab.client('enrolment-office'), cardNumber(n), keys);

it('returns the first verdict, marked as repeated, to a retry through another server of the group', async () => {
  const token = await enrol(1);
  const request = token.request(token.code(), 'payment-1');
  const first = await lab.client('server-1').verify(request);
  expect(first).toMatchObject({ verdict: 'VERDICT_ACCEPTED', repeated: false });
  expect(await lab.client('server-2').verify(request)).toEqual({ ...first, repeated: true });
  // The same id for another request is rejected, through either server.
  await expect(lab.client('server-2').verify({ ...request, code: token.wrongCode() })).rejects.toMatchObject({
    reason: 'REQUEST_ID_REUSED',
  });
});

it('keeps the ids of a caller without a group separate', async () => {
  const token = await enrol(2);
  const request = token.request(token.code(), 'payment-2');
  expect((await lab.client('server-1').verify(request)).verdict).toBe('VERDICT_ACCEPTED');
  // Another request with the same id: its code is used, and nothing is repeated.
  const other = await lab.client('mobile-bank').verify(request);
  expect(other).toMatchObject({ verdict: 'VERDICT_REFUSED', repeated: false });
});

it('keeps an id for 24 hours and not a minute longer, also after a restart', { timeout: 240_000 }, async () => {
  const token = await enrol(3);
  const request = token.request(token.code(), 'payment-3');
  const bank = () => lab.client('internet-bank');
  expect((await bank().verify(request)).verdict).toBe('VERDICT_ACCEPTED');
  lab.setClock(DAY_MS - MINUTE_MS);
  expect(await bank().verify(request)).toMatchObject({ verdict: 'VERDICT_ACCEPTED', repeated: true });
  await lab.kill('both');
  await lab.startDaemon('virtual-clock');
  await lab.unseal();
  expect(await bank().verify(request)).toMatchObject({ verdict: 'VERDICT_ACCEPTED', repeated: true });
  lab.setClock(DAY_MS + MINUTE_MS);
  // This is now a new request, and its code has expired.
  expect(await bank().verify(request)).toMatchObject({ verdict: 'VERDICT_REFUSED', repeated: false });
});
