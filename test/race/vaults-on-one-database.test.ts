// Two vaults in this process on one PostgreSQL: cards that one vault has not seen, and rows written
// by another.
import { randomFillSync, randomUUID } from 'node:crypto';
import { RecipientKeys } from '@ramz/custody';
import { bankPinDigits, formatCode, HmacKey, hotp, secretBytes } from '@ramz/otp-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Command, Reply } from '../../apps/hsm-daemon/src/boundary/commands.ts';
import { liftLocks } from '../../apps/hsm-daemon/src/vault/application/ceremony/lift-locks.ts';
import type { Vault } from '../../apps/hsm-daemon/src/vault/application/vault.ts';
import { RaceLost } from '../../apps/hsm-daemon/src/vault/store/race-lost.ts';
import { type BankProfile, readBankProfile } from '../../libs/bank-profile/src/bank-profile.ts';
import { profilePath } from '../../libs/bank-profile/src/shipped-profiles.ts';
import { cardNumber } from '../harness/cards.ts';
import {
  allEntries,
  commitAll,
  draftOf,
  enrolled,
  hexId,
  loadFor,
  standingIn,
  verdict,
} from '../harness/ledger-entries.ts';
import { type MadeKeys, makeStoredKeys, startOperational, testPorts } from '../harness/operational-vault.ts';
import { PostgresStores } from '../harness/postgres-stores.ts';

const MASKAN = readBankProfile(profilePath('maskan'));
const CARDS = Array.from({ length: 40 }, (_, i) => i + 1);
const WRONG_TRIES = 5;
const random = (length: number) => randomFillSync(secretBytes(length));
const step = () => Math.floor(Date.now() / 60_000);

let stores: PostgresStores;
let keyPair: RecipientKeys;
beforeAll(async () => {
  stores = await PostgresStores.start();
  keyPair = await RecipientKeys.make();
});
afterAll(() => stores[Symbol.asyncDispose]());

let database: string;
let made: MadeKeys;
let tokens: Map<number, HmacKey>;
beforeEach(async () => {
  database = await stores.newDatabase();
  made = await makeStoredKeys(MASKAN, random);
  tokens = new Map();
  const ledger = await stores.open(database, 9);
  const begun = { kind: 'daemon', atMs: Date.now(), act: 'started', version: 'test', software: '' } as const;
  const draft = draftOf(ledger, [begun]);
  draft.storeKeys(made.stored);
  await draft.commit();
  await ledger.close();
});

async function startVault(n: number, profile: BankProfile = MASKAN): Promise<Vault> {
  const ledger = await stores.open(database, n);
  return startOperational(await testPorts({ profile, random, root: made.root, nowMs: () => Date.now(), ledger }));
}

const subject = (n: number) => `card/${cardNumber(n)}`;
const answerOf = async (vault: Vault, command: Command) => (await vault.answer([command]))[0] as Reply;

async function enrol(vault: Vault, n: number): Promise<void> {
  const asked = { caller: 'office', purpose: 'second-pin', tokenSerial: 'T', subjectName: subject(n) } as const;
  const reply = await answerOf(vault, { kind: 'enrol', ...asked, tokenPublicKey: keyPair.publicKey });
  if (reply.kind !== 'enrolled') throw new Error(`it was not enrolled: ${JSON.stringify(reply)}`);
  using seed = await keyPair.open('seed', reply.sealedSeed, reply.enrolmentId);
  tokens.set(n, HmacKey.from('sha1', seed));
}

const codeOf = (n: number, at: number) => formatCode(hotp(tokens.get(n) as HmacKey, at, bankPinDigits(8)));
const wrongCodeOf = (n: number) => String((Number(codeOf(n, step())) + 1) % 1e8).padStart(8, '0');
const attempt = (n: number, code: string) => ({
  requestId: randomUUID(),
  subjectName: subject(n),
  purpose: 'second-pin' as const,
  tokenSerial: '',
  code,
});
const verify = (...attempts: ReturnType<typeof attempt>[]): Command => ({
  kind: 'verify',
  caller: 'bank',
  group: 'bank',
  channel: 'internet-bank',
  attempts,
});
const wrongTries = () => CARDS.flatMap((n) => Array.from({ length: WRONG_TRIES }, () => attempt(n, wrongCodeOf(n))));
const reasonsOf = (replies: readonly Reply[]) =>
  replies.flatMap((reply): string[] => {
    if (reply.kind === 'verdicts') return reply.results.map(({ reason }) => reason);
    return [reply.kind === 'fault' ? reply.reason : reply.kind];
  });
const count = (replies: readonly Reply[], reason: string) => reasonsOf(replies).filter((one) => one === reason).length;

describe('cards that only the other daemon has seen', () => {
  const attacked = async (most: number, commands: () => Command[]) => {
    const [enrolling, attackedOne] = [
      await startVault(1),
      await startVault(2, { ...MASKAN, locks: { per_caller_max: most, interval_s: 60 } }),
    ];
    for (const n of CARDS) await enrol(enrolling, n);
    const replies = await attackedOne.answer(commands());
    await enrolling.stop();
    await attackedOne.stop();
    return replies;
  };

  it('are locked only within the limit of a caller, in one call', async () => {
    expect(reasonsOf(await attacked(2, () => [verify(...wrongTries())]))).toEqual(['locks-spent']);
  });

  it('are locked only within the limit of a caller, in many simultaneous calls', async () => {
    const replies = await attacked(2, () => wrongTries().map((one) => verify(one)));
    expect([count(replies, 'locked-now'), count(replies, 'locks-spent')]).toEqual([2, CARDS.length - 2]);
  });

  it('are all locked when the limit allows it, so the former tests can fail', async () => {
    const replies = await attacked(1_000, () => wrongTries().map((one) => verify(one)));
    expect(count(replies, 'locked-now')).toBe(CARDS.length);
  });
});

describe('a fail-over that loses commits which another daemon has seen', () => {
  it('lets no daemon accept a code twice', async () => {
    const [one, other] = [await startVault(1), await startVault(2)];
    await enrol(other, 1);
    const sql = (text: string) => stores.server.sql(text, database);
    // The state of the standby.
    await sql(
      'CREATE TABLE kept_standing AS SELECT * FROM standing; CREATE TABLE kept_request AS SELECT * FROM request',
    );
    const lost = verify(attempt(1, codeOf(1, step() - 1)));
    expect(reasonsOf([await answerOf(other, lost), await answerOf(one, lost)])).toEqual(['accepted', 'accepted']);
    await other.stop();
    await sql(`DELETE FROM standing; INSERT INTO standing SELECT * FROM kept_standing;
      DELETE FROM request; INSERT INTO request SELECT * FROM kept_request;
      SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'ramz'`);
    const third = await startVault(3);
    const code = codeOf(1, step());
    expect(reasonsOf([await answerOf(third, verify(attempt(1, code)))])).toEqual(['accepted']);
    const again = await answerOf(one, verify(attempt(1, code)));
    expect(count([again], 'accepted')).toBe(0);
    await one.stop();
    await third.stop();
  });
});

describe('a fail-over after which a version number stands for other content', () => {
  const failOver = (text: string) =>
    stores.server.sql(
      `${text}; SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'ramz'`,
      database,
    );
  const setKeys = (path: string, value: string) =>
    `UPDATE keys SET version = version + 1, value = jsonb_set(value::jsonb, '{${path}}', '${value}')::text`;

  it('makes a daemon read the keys again, with their blocked callers', async () => {
    const vault = await startVault(1);
    for (const n of [1, 2]) await enrol(vault, n);
    await stores.server.sql('CREATE TABLE kept_keys AS SELECT * FROM keys', database);
    await stores.server.sql(setKeys('blocked_callers', '["lost"]'), database);
    expect(reasonsOf([await answerOf(vault, verify(attempt(1, codeOf(1, step()))))])).toEqual(['accepted']);
    const blocked = setKeys('blocked_callers', '["bank"]');
    await failOver(`DELETE FROM keys; INSERT INTO keys SELECT * FROM kept_keys; ${blocked}`);
    const replies = [1, 2].map(() => answerOf(vault, verify(attempt(2, codeOf(2, step())))));
    expect(reasonsOf(await Promise.all(replies)).at(-1)).toBe('caller-blocked');
    await vault.stop();
  });

  it('keeps a standing loaded before it from being written', async () => {
    const ledger = await stores.open(database, 5);
    await commitAll(ledger, [enrolled(1)]);
    await loadFor(ledger, [verdict(1, 1)]);
    const draft = draftOf(ledger, [verdict(1, 1)]);
    await failOver('UPDATE standing SET state = state');
    const ends: unknown[] = [];
    for (const _ of [1, 2]) await draft.commit().catch((error) => ends.push(error));
    // The first finds its connection closed, the second finds a new one.
    expect(ends.at(-1)).toBeInstanceOf(RaceLost);
    await ledger.close();
  });
});

describe('keys that another daemon has replaced', () => {
  it('seal this one, and its log records it even when the first write loses a race', async () => {
    const ledger = await stores.open(database, 1);
    const given = { profile: MASKAN, random, root: made.root, nowMs: () => Date.now(), ledger };
    const vault = await startOperational(await testPorts(given));
    await enrol(vault, 1);
    const text = `UPDATE keys SET version = version + 1, value = jsonb_set(value::jsonb, '{destroyed}', 'true')::text`;
    await stores.server.sql(text, database);
    vi.spyOn(ledger, 'commit').mockRejectedValueOnce(new RaceLost());
    await answerOf(vault, verify(attempt(1, codeOf(1, step()))));
    const acts = (await allEntries(ledger)).flatMap((entry) => (entry.kind === 'ceremony' ? [entry.act] : []));
    expect(acts.filter((act) => act === 'sealed')).toHaveLength(1);
    await vault.stop();
  });

  it('are noticed when they are gone', async () => {
    const vault = await startVault(1);
    await stores.server.sql("UPDATE keys SET version = version + 1, value = ''", database);
    expect(reasonsOf([await answerOf(vault, verify(attempt(1, '12345678')))])).not.toContain('not-enrolled');
    expect(vault.state).not.toBe('operational');
    await vault.stop();
  });
});

describe('a row that cannot be read', () => {
  it.each(['second-pin', 'first-pin'])(
    'of the %s stops decisions for the card without using up a code',
    async (row) => {
      const vault = await startVault(1);
      for (const n of [1, 2]) await enrol(vault, n);
      const sql = (text: string) => stores.server.sql(text, database);
      const code = codeOf(1, step());
      await sql('CREATE TABLE kept AS SELECT * FROM standing');
      const purpose = row === 'second-pin' ? 'purpose' : '1 - purpose';
      await sql(`INSERT INTO standing SELECT subject, ${purpose}, version, '\\x00'::bytea FROM kept
      ON CONFLICT (subject, purpose) DO UPDATE SET state = '\\x00'::bytea`);
      const replies = [code, wrongCodeOf(1)].map((one) => answerOf(vault, verify(attempt(1, one))));
      expect(reasonsOf(await Promise.all(replies))).toEqual(['row-broken', 'row-broken']);
      await sql('DELETE FROM standing; INSERT INTO standing SELECT * FROM kept');
      const asked = verify(attempt(1, code));
      expect(reasonsOf([await answerOf(vault, asked)])).toEqual(['accepted']);
      // A repeated request returns its first verdict although the row is broken now.
      await sql("UPDATE standing SET state = '\\x00'::bytea");
      expect(reasonsOf([await answerOf(vault, asked)])).toEqual(['accepted']);
      await vault.stop();
    },
  );

  it('does not keep other locks of a caller from being lifted', async () => {
    const ledger = await stores.open(database, 1);
    await commitAll(ledger, [enrolled(1), enrolled(2)]);
    await commitAll(
      ledger,
      [1, 2].map((n) => verdict(n, n, { reason: 'locked-now' })),
    );
    await stores.server.sql(`UPDATE standing SET state = '\\x00'::bytea WHERE subject = '${hexId(1)}'`, database);
    const draft = draftOf(ledger, []);
    await liftLocks({ name: 'lift-locks', caller: 'bank', since_ms: 0 }, draft, { ledger });
    await draft.commit();
    await loadFor(ledger, [verdict(2, 3)]);
    expect(standingIn(ledger, 2)?.status).toBe('active');
    await ledger.close();
  });
});
