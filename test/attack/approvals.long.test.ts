// One authenticated person cannot keep the others from deciding. Seen to fail (planted) on a daemon
// that counted the nonces of all persons together: ten thousand short-lived proposals of one person
// used them up, and no one could propose anything, not even to remove that person.
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Lab } from '../harness/lab.ts';

/** More than one person may use in an hour (`NONCES_A_PERSON_MAX`). */
const FLOOD = 1_100;

let lab: Lab;
beforeAll(async () => {
  lab = await Lab.start();
});
afterAll(() => lab[Symbol.asyncDispose]());
const nonce = () => randomBytes(16).toString('hex');

it('rejects a proposal that expires within seconds', async () => {
  const operator = await lab.people().operator();
  const { at_ms: atMs } = await operator.look();
  const short = { type: 'propose', command: { name: 'zeroise' }, nonce: nonce(), uses: 1 } as const;
  await expect(operator.say({ ...short, expires_at_ms: atMs + 2_000 })).rejects.toThrow('minutes');
});

it('limits the proposals of one person without limiting the others', { timeout: 240_000 }, async () => {
  const people = lab.people();
  const operator = await people.operator();
  const { at_ms: atMs } = await operator.look();
  // Each runs at once and leaves only its nonce behind.
  const propose = (n: number) => {
    const command = { name: n % 2 === 0 ? 'block-caller' : 'unblock-caller', caller: 'mobile-bank' } as const;
    return operator.say({ type: 'propose', command, nonce: nonce(), uses: 1, expires_at_ms: atMs + 3_000_000 });
  };
  const flood = async () => {
    for (let n = 0; n < FLOOD; n++) await propose(n);
  };
  await expect(flood()).rejects.toThrow('operator-1 has proposed too much');
  const custodian = await people.line('custodian-1');
  const { nonce: theirs } = await custodian.propose({ name: 'zeroise' }, 30);
  expect((await custodian.look()).proposals.map((one) => one.nonce)).toContain(theirs);
});
