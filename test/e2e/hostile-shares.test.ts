// A custodian, or a thief with a custodian's certificate and key, can do no lasting harm without
// the right share. Each rejection names the custodian, and the honest shares still unseal.
import { createHash, randomBytes } from 'node:crypto';
import type { Rehearsal } from '@ramz/client';
import { sealEnvelope, sharingScheme } from '@ramz/custody';
import { Secret } from '@ramz/otp-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Lab } from '../harness/lab.ts';

let lab: Lab;
let people: Rehearsal;
beforeAll(async () => {
  lab = await Lab.start('real', 'sealed');
  people = lab.people();
  const line = await people.line('custodian-1');
  const { holders } = await line.look();
  const plan = { kind: 'unseal', scheme: 'slip39', threshold: 2, custodians: holders } as const;
  await line.propose({ name: 'open-ceremony', plan }, 30);
});
afterAll(() => lab[Symbol.asyncDispose]());

/** Gives bytes as a share, sealed to the session key. Returns the outcome. */
async function give(by: string, share: Uint8Array, context = by): Promise<string> {
  const line = await people.line(by);
  const { ceremony } = await line.look();
  const sessionKey = Buffer.from(ceremony?.session_key ?? '', 'hex');
  const envelope = await sealEnvelope('share-to-vault', sessionKey, Secret.copy(share), `${ceremony?.id}/${context}`);
  const words = {
    type: 'give',
    ceremony: ceremony?.id ?? '',
    envelope: createHash('sha256').update(envelope).digest('hex'),
  } as const;
  return line.say(words, envelope).then(
    ({ now }) => `given ${now.ceremony?.given.length}, ${now.state}`,
    (error: Error) => error.message,
  );
}

const forged = (identifier: number) =>
  sharingScheme('slip39')
    .split(Secret.own(randomBytes(32)), 2, 3, identifier, randomBytes)
    .map((share) => share.expose());
const realShare = (name: string) => people.share(name).expose();
const realIdentifier = () => sharingScheme('slip39').check(people.share('custodian-1'), []).identifier;

it('rejects forged shares of another ceremony, of this one and of the other realm, by name', async () => {
  const [one, two] = forged(0x1235) as [Uint8Array, Uint8Array];
  expect(await give('custodian-1', one)).toBe('the share of custodian-1: it is a share of another ceremony');
  const same = forged(realIdentifier());
  expect(await give('custodian-2', same[1] as Uint8Array)).toBe(
    'the share of custodian-2: it is not the one that was handed out',
  );
  expect(await give('custodian-2', forged(0x1234)[1] as Uint8Array)).toBe(
    'the share of custodian-2: it is a share of the other realm, not of test',
  );
  expect(two.length).toBe(66);
});

it('rejects a real share under the name of another custodian, and names its owner', async () => {
  expect(await give('custodian-2', realShare('custodian-1'))).toBe(
    'the share of custodian-2: it is the share of custodian-1',
  );
  expect(await give('custodian-1', realShare('custodian-1'), 'custodian-2')).toContain(
    'from custodian-1: the envelope',
  );
  await expect(give('nobody', realShare('custodian-1'))).resolves.toContain(' is not known here');
});

it('rejects a changed share, and malformed shares and envelopes', async () => {
  const changed = Uint8Array.from(realShare('custodian-1'));
  changed[11] = (changed[11] ?? 0) ^ 1;
  expect(await give('custodian-1', changed)).toBe(
    'the share of custodian-1: a word is wrong: the checksum of the words does not hold',
  );
  for (const bytes of [new Uint8Array(3), new Uint8Array()])
    expect(await give('custodian-1', bytes)).toContain('the share of custodian-1');
  const line = await people.line('custodian-1');
  const { ceremony } = await line.look();
  const noise = randomBytes(100);
  const words = {
    type: 'give',
    ceremony: ceremony?.id ?? '',
    envelope: createHash('sha256').update(noise).digest('hex'),
  } as const;
  await expect(line.say(words, noise)).rejects.toMatchObject({ reason: 'SHARE_REFUSED' });
  await expect(line.say(words, randomBytes(100))).rejects.toMatchObject({ reason: 'MALFORMED' });
});

it('still lets the honest custodians unseal', async () => {
  expect(await give('custodian-1', realShare('custodian-1'))).toBe('given 1, sealed');
  expect(await give('custodian-1', realShare('custodian-1'))).toContain('did "give" already');
  expect(await give('custodian-3', realShare('custodian-3'))).toBe('given 2, operational');
});
