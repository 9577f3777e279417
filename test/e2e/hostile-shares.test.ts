// What a custodian's certificate can do without a real share: nothing lasting. Each refusal names the
// custodian, and the honest shares still unseal.
import { randomBytes } from 'node:crypto';
import { encodeShare, sealEnvelope, splitSecret } from '@ramz/custody';
import { TestCustodian } from '@ramz/hsm-daemon';
import { Secret } from '@ramz/otp-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Lab } from '../harness/lab.ts';

let lab: Lab;
beforeAll(async () => {
  lab = await Lab.start('real', 'sealed');
});
afterAll(() => lab[Symbol.asyncDispose]());

const forged = (secret_bytes: number) =>
  splitSecret(Secret.own(randomBytes(secret_bytes)), 2, 3, randomBytes).map((share) => encodeShare(share));

async function give(custodian: string, share: Uint8Array, context = custodian): Promise<string> {
  const client = lab.client('custodian');
  const { publicKey } = await client.sessionKey();
  const envelope = Buffer.from(await sealEnvelope('share-to-vault', publicKey, Secret.copy(share), context));
  return client.giveShare({ custodian, envelope }).then(
    ({ given }) => `given ${given}`,
    (error: Error) => error.message,
  );
}

const realShare = async (name: string) => (await (await TestCustodian.load(lab.data_dir, name)).openShare()).expose();

it.each([16, 20, 32])('two forged shares of a secret of %i bytes are refused by name', async (bytes) => {
  const [one, two] = forged(bytes) as [Uint8Array, Uint8Array];
  expect(await give('custodian-1', one)).toContain('share of custodian-1: it is not the one');
  expect(await give('custodian-2', two)).toContain('share of custodian-2: it is not the one');
});

it('a real share under the name of another custodian, or of nobody, is refused', async () => {
  expect(await give('custodian-2', await realShare('custodian-1'))).toContain(
    'share of custodian-2: it is not the one',
  );
  expect(await give('nobody', await realShare('custodian-1'))).toContain('share of nobody: it is not the one');
  expect(await give('custodian-1', await realShare('custodian-1'), 'custodian-2')).toContain(
    'share of custodian-1: the envelope',
  );
});

it('a changed share, bytes that are no share and no envelope are refused', async () => {
  const changed = Uint8Array.from(await realShare('custodian-1'));
  changed[10] = (changed[10] ?? 0) ^ 1;
  for (const bytes of [changed, new Uint8Array(3), new Uint8Array()]) {
    expect(await give('custodian-1', bytes)).toContain('share of custodian-1');
  }
  const client = lab.client('custodian');
  await expect(client.giveShare({ custodian: 'custodian-1', envelope: randomBytes(100) })).rejects.toMatchObject({
    reason: 'SHARE_REFUSED',
  });
});

it('the honest custodians unseal all the same', async () => {
  expect(await give('custodian-1', await realShare('custodian-1'))).toBe('given 1');
  expect(await give('custodian-1', await realShare('custodian-1'))).toContain('was given already');
  expect(await give('custodian-3', await realShare('custodian-3'))).toBe('given 0');
  expect((await lab.client('auditor').status()).state).toBe('DAEMON_STATE_OPERATIONAL');
});
