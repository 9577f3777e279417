// A refused statement changes nothing, even where the log cannot record it: a caller without a key
// of the ceremony cannot abort it by sending garbage until another daemon wins a race or the store
// is unavailable.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { profilePath, readBankProfile } from '@ramz/bank-profile';
import { RecipientKeys, SigningKeys, type Statement, signStatement, statementBody } from '@ramz/custody';
import { Secret } from '@ramz/otp-core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Vault } from '../../apps/hsm-daemon/src/vault/application/vault.ts';
import type { Ledger } from '../../apps/hsm-daemon/src/vault/store/ledger.ts';
import { RaceLost } from '../../apps/hsm-daemon/src/vault/store/race-lost.ts';
import { SqliteLedger } from '../../apps/hsm-daemon/src/vault/store/sqlite/ledger.ts';
import { StoreUnavailable } from '../../apps/hsm-daemon/src/vault/store/store-errors.ts';
import { secretRandom, testPorts } from '../harness/operational-vault.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ramz-refused-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Wraps a ledger. `fail` makes its next commit throw an error. */
function failingOnce(ledger: Ledger): { readonly ledger: Ledger; fail: (error: Error) => void } {
  let next: Error | undefined;
  const commit: Ledger['commit'] = async (change) => {
    const error = next;
    next = undefined;
    if (error !== undefined) throw error;
    await ledger.commit(change);
  };
  const get = (target: Ledger, name: string | symbol): unknown => {
    if (name === 'commit') return commit;
    const value: unknown = Reflect.get(target, name, target);
    return typeof value === 'function' ? (value.bind(target) as unknown) : value;
  };
  return { ledger: new Proxy(ledger, { get }), fail: (error) => (next = error) };
}

interface Announced {
  readonly session: string;
  readonly ceremony: { readonly id: string; readonly phase: string } | null;
}

it.each([
  ['another daemon wins the race', () => new RaceLost()],
  ['the store is unavailable', () => new StoreUnavailable('a test')],
])('does not abort a ceremony by a refused statement: %s', async (_, failure) => {
  const { ledger, fail } = failingOnce(SqliteLedger.open(join(folder, 'vault.db'), Date.now()));
  const profile = readBankProfile(profilePath('maskan'));
  using root = Secret.copy(randomBytes(32));
  const random = secretRandom((length) => randomBytes(length));
  const given = { profile, random, nowMs: () => Date.now(), ledger, root };
  const vault = await Vault.start(await testPorts(given, { rootKeeper: undefined }));
  const announced = async () => {
    const [reply] = await vault.answer([{ kind: 'announce', nonce: randomBytes(16).toString('hex') }]);
    if (reply?.kind !== 'announced') throw new Error(`no announcement but ${reply?.kind}`);
    return statementBody(reply.announcement) as unknown as Announced;
  };
  const act = async (statement: Statement, keys: SigningKeys) => {
    const signed = await signStatement(keys, statement);
    const of = { kind: 'act', caller: 'x', role: 'operator', attachment: new Uint8Array() } as const;
    return (await vault.answer([{ ...of, ...signed }]))[0];
  };
  const operator = await SigningKeys.make();
  const sealing = await RecipientKeys.make();
  const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
  const keys = { signing_key: hex(operator.publicKey), sealing_key: hex(sealing.publicKey) };
  const person = { name: 'op-1', role: 'operator', ...keys } as const;
  const plan = { kind: 'initialise', scheme: 'slip39', threshold: 2, custodians: ['c1', 'c2', 'c3'] } as const;
  const { session } = await announced();
  const nonce = randomBytes(16).toString('hex');
  await act(
    { type: 'open', realm: 'test', session, by: 'op-1', plan, person, nonce } as unknown as Statement,
    operator,
  );
  const { ceremony } = await announced();
  expect(ceremony?.phase).toBe('roster');
  const stranger = await SigningKeys.make();
  const abort = {
    type: 'abort',
    realm: 'test',
    ceremony: ceremony?.id,
    by: 'op-1',
    reason: 'x',
  } as unknown as Statement;
  fail(failure());
  const reply = await act(abort, stranger);
  expect(JSON.stringify(reply)).not.toContain('broken off');
  expect(await announced()).toMatchObject({ ceremony: { id: ceremony?.id, phase: 'roster' } });
  // The operator's own statement aborts it.
  await act(abort, operator);
  expect(await announced()).toMatchObject({ ceremony: { phase: 'aborted' } });
  await vault.stop();
});
