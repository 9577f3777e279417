// Holds every kind of ceremony over gRPC as people do, and checks the keys, shares and cards after
// it.
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RecipientKeys } from '@ramz/custody';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PersonKeys } from '../../libs/client/src/people/person-keys.ts';
import { VaultLine } from '../../libs/client/src/people/vault-line.ts';
import { cardNumber } from '../harness/cards.ts';
import { KnownToken } from '../harness/known-token.ts';
import { Lab } from '../harness/lab.ts';

const CUSTODIANS = ['custodian-1', 'custodian-2', 'custodian-3'];
let lab: Lab;
beforeAll(async () => {
  lab = await Lab.start();
});
afterAll(() => lab[Symbol.asyncDispose]());

const enrol = async (n: number) =>
  KnownToken.enrol(lab.client('enrolment-office'), cardNumber(n), await RecipientKeys.make(), 'PURPOSE_SECOND_PIN');
const verdict = async (token: KnownToken) =>
  (await lab.client('internet-bank').verify(token.request(token.code(), randomUUID()))).verdict;
const keyRows = async () =>
  (await lab.client('auditor').keys()).keys.map(
    ({ name, version, state }) => `${name} ${version} ${state.replace('KEY_STATE_', '').toLowerCase()}`,
  );
const reseal = async () => {
  await lab.people().approved({ name: 'seal' }, []);
  expect((await lab.client('auditor').status()).state).toBe('DAEMON_STATE_SEALED');
};

describe('ceremonies', () => {
  it('rotate the seed master key, and cards of both epochs are verified', async () => {
    const old = await enrol(1);
    const { ceremony } = await lab.people().hold('rotate-seed-master');
    expect(ceremony?.phase).toBe('finalised');
    const young = await enrol(2);
    expect([await verdict(old), await verdict(young)]).toEqual(['VERDICT_ACCEPTED', 'VERDICT_ACCEPTED']);
    expect(await keyRows()).toEqual([
      'root 1 active',
      'seed-master 1 active',
      'card-index 1 active',
      'audit 1 active',
      'seed-master 2 active',
    ]);
  });

  it('verify codes by a deactivated seed master key, and none by a compromised one', async () => {
    const [first, second] = [await enrol(3), await enrol(4)];
    const setState = (version: number, state: 'deactivated' | 'compromised') =>
      lab.people().approved({ name: 'set-key-state', key: 'seed-master', version, state }, ['custodian-1']);
    expect((await setState(1, 'deactivated')).state).toBe('sealed');
    await lab.unseal();
    expect(await verdict(first)).toBe('VERDICT_ACCEPTED');
    await lab.people().hold('rotate-seed-master');
    await setState(2, 'compromised');
    await lab.unseal();
    expect(await verdict(second)).toBe('VERDICT_REFUSED');
    expect(await verdict(await enrol(5))).toBe('VERDICT_ACCEPTED');
    await expect(setState(2, 'deactivated')).rejects.toThrow('cannot become deactivated');
  });

  it('refresh shares of the same root key, for their holders and threshold only', async () => {
    const people = lab.people();
    const former = CUSTODIANS.map((name) => people.share(name));
    const before = (await lab.client('auditor').status()).rootKeyKcv;
    expect((await people.hold('refresh-shares')).ceremony?.phase).toBe('finalised');
    expect((await lab.client('auditor').status()).rootKeyKcv).toBe(before);
    await reseal();
    expect((await people.unseal(['custodian-1', 'custodian-2'])).unsealed).toBe(true);
    await expect(people.open('refresh-shares', { threshold: 3 })).rejects.toThrow('the plan must say so');
    await expect(people.open('refresh-shares', { custodians: ['custodian-1', 'custodian-9'] })).rejects.toThrow(
      'shares are refreshed for those who hold them',
    );
    expect(former[0]?.expose()).not.toEqual(people.share('custodian-1').expose());
  });

  it('reject an impostor who joins under the name of a custodian, even to destroy', async () => {
    const people = lab.people();
    await people.open('destroy');
    const { ceremony } = await (await people.operator()).look();
    const mallory = await PersonKeys.make('custodian-1', 'custodian', 'test');
    const line = new VaultLine((await people.line('custodian-1')).wire, mallory, [], () => Promise.resolve(true));
    const words = { type: 'join', ceremony: ceremony?.id ?? '', person: mallory.person } as const;
    await expect(line.say(words)).rejects.toThrow('the signature is not that of custodian-1');
    await (await people.operator()).say({ type: 'abort', ceremony: ceremony?.id ?? '', reason: 'not today' });
  });

  it('replace a custodian: the new one unseals, the former one is unknown', async () => {
    const people = lab.people();
    const { ceremony } = await people.hold(
      'replace-custodian',
      { threshold: 2, custodians: ['custodian-1', 'custodian-2', 'custodian-4'] },
      [...CUSTODIANS, 'custodian-4'],
    );
    expect(ceremony?.phase).toBe('finalised');
    await reseal();
    await expect(people.unseal(['custodian-3'])).rejects.toThrow('custodian-3 is not known here');
    expect((await people.unseal(['custodian-4', 'custodian-1'])).unsealed).toBe(true);
  });

  it('rotate the root key to XOR components with another KCV, and the same cards', async () => {
    const token = await enrol(6);
    const people = lab.people();
    const before = (await lab.client('auditor').status()).rootKeyKcv;
    const plan = { scheme: 'xor' as const, threshold: 2, custodians: ['custodian-1', 'custodian-2'] };
    const { ceremony, root_key_kcv: rootKeyKcv } = await people.hold('rotate-root-key', plan, [
      'custodian-1',
      'custodian-2',
      'custodian-4',
    ]);
    expect(ceremony?.phase).toBe('finalised');
    expect(rootKeyKcv).not.toBe(before);
    await reseal();
    expect((await people.unseal(['custodian-1', 'custodian-2'])).unsealed).toBe(true);
    expect(await verdict(token)).toBe('VERDICT_ACCEPTED');
    expect(await keyRows()).toContain('root 1 destroyed');
  });

  it('prove every share in a roll-call, and name a missing one', async () => {
    const people = lab.people();
    expect((await people.hold('roll-call')).ceremony).toMatchObject({ phase: 'finalised' });
    await people.open('roll-call');
    const { ceremony } = await people.play(['custodian-1']);
    expect(ceremony?.phase).toBe('roll-call');
    const operator = await people.operator();
    const { now } = await operator.say({ type: 'finalise', ceremony: ceremony?.id ?? '' });
    expect(now.ceremony).toMatchObject({ phase: 'finalised', note: 'not proved: custodian-2' });
  });

  it('change nothing when aborted, and record the reason', async () => {
    const people = lab.people();
    const before = await keyRows();
    await people.open('rotate-root-key', { scheme: 'slip39', threshold: 2, custodians: CUSTODIANS });
    const operator = await people.operator();
    const { ceremony } = await operator.look();
    await operator.say({ type: 'abort', ceremony: ceremony?.id ?? '', reason: 'the fire alarm rang' });
    expect(await keyRows()).toEqual(before);
    expect((await operator.look()).ceremony).toMatchObject({ phase: 'aborted', note: 'the fire alarm rang' });
    await reseal();
    expect((await people.unseal(['custodian-1', 'custodian-2'])).unsealed).toBe(true);
  });

  it('end with the true cause when a terminal is lost that had committed, and the next one can be opened', async () => {
    const people = lab.people();
    await people.open('rotate-seed-master');
    await people.play(['custodian-1', 'custodian-2', 'custodian-3'], 3);
    // Another terminal of custodian-2 knows the keys, but not what the lost one had committed to.
    await lab.people().play(['custodian-2'], 1);
    const lost = 'custodian-2: the terminal was restarted, what it committed to is gone';
    const now = await (await people.operator()).look();
    expect(now.ceremony).toMatchObject({ phase: 'aborted', note: lost });
    expect((await lab.people().hold('rotate-seed-master')).ceremony?.phase).toBe('finalised');
  });

  it('name who may abort, where one custodian alone may not', async () => {
    const people = lab.people();
    await people.open('roll-call');
    const [operator, custodian] = [await people.operator(), await people.line('custodian-1')];
    const id = (await custodian.look()).ceremony?.id ?? '';
    const abort = { type: 'abort', ceremony: id, reason: 'lost' } as const;
    await expect(custodian.say(abort)).rejects.toThrow(
      'custodian-1 may not abort "roll-call": operator-1, who opened it, or an operator may',
    );
    expect((await operator.say(abort)).now.ceremony?.phase).toBe('aborted');
  });

  it('destroy all keys for good, with no wrapped key left in the store file', async () => {
    const people = lab.people();
    const db = join(lab.dataDir, 'vault', 'vault.db');
    const wrapped =
      /"wrapped":"([0-9a-f]{60})/.exec(readFileSync(db, 'latin1') + readFileSync(`${db}-wal`, 'latin1'))?.[1] ?? '';
    expect(wrapped).toHaveLength(60);
    expect((await people.hold('destroy', {}, ['custodian-1', 'custodian-2'])).state).toBe('destroyed');
    expect(new Set((await keyRows()).map((row) => row.split(' ')[2]))).toEqual(new Set(['destroyed']));
    for (const file of [db, `${db}-wal`]) expect(readFileSync(file, 'latin1')).not.toContain(wrapped);
    // The log, with the destruction itself, is signed up to its end.
    const { note } = await lab.client('auditor').checkpoint();
    expect(Number(note.split('\n')[1])).toBeGreaterThan(Number((await lab.client('auditor').status()).logSize) - 3);
    await lab.stopDaemon();
    await lab.startDaemon();
    expect((await lab.client('auditor').status()).state).toBe('DAEMON_STATE_DESTROYED');
    await expect(lab.people().unseal(['custodian-1'])).rejects.toMatchObject({ code: 'FAILED_PRECONDITION' });
  });
});
