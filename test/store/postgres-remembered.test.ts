// What a daemon remembers of former batches: it saves asking the database, may only say yes, and is found out when another
// daemon has changed it.
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { NOTHING_TO_LOAD } from '../../apps/hsm-daemon/src/vault/store/ledger.ts';
import { PostgresLedger } from '../../apps/hsm-daemon/src/vault/store/postgres/ledger.ts';
import { Sessions } from '../../apps/hsm-daemon/src/vault/store/postgres/sessions.ts';
import { RaceLost } from '../../apps/hsm-daemon/src/vault/store/race-lost.ts';
import { RequestNames } from '../../apps/hsm-daemon/src/vault/store/request-names.ts';
import type { VerdictEntry } from '../../libs/audit-log/src/entries/entry.ts';
import { commitAll, draftOf, enrolled, hexId, standingIn, verdict } from '../harness/ledger-entries.ts';
import { PostgresStores } from '../harness/postgres-stores.ts';

let stores: PostgresStores;
beforeAll(async () => {
  stores = await PostgresStores.start();
});
afterAll(() => stores[Symbol.asyncDispose]());

/** As the pass loads a batch of codes. */
async function remember(ledger: PostgresLedger, all: readonly VerdictEntry[]): Promise<void> {
  const subjects = all.map(({ subject }) => subject);
  await ledger.load({ places: all, names: RequestNames.of(all), subjects, mayRemember: true, requestsSinceMs: 0 });
}

const accepted = (n: number, request: number, step: number) => verdict(n, request, { reason: 'accepted', step });

/** As the pass does when it had to ask. */
async function accept(ledger: PostgresLedger, entry: VerdictEntry): Promise<void> {
  ledger.doubt([entry.subject]);
  await remember(ledger, [entry]);
  await draftOf(ledger, [entry]).commit();
}

describe('what a daemon remembers', () => {
  it('is not asked for again, and counts', async () => {
    const database = await stores.newDatabase();
    const sessions = new Sessions([stores.address(database)], '');
    const ledger = await PostgresLedger.open(sessions, hexId(1));
    await commitAll(ledger, [enrolled(1)]);
    const query = vi.spyOn(sessions, 'query');
    for (let step = 1; step <= 5; step++) {
      await remember(ledger, [accepted(1, step, step)]);
      expect([ledger.isFresh(hexId(1)), standingIn(ledger, 1)?.enrolments[0]?.floor]).toEqual([false, step - 1]);
      await draftOf(ledger, [accepted(1, step, step)]).commit();
    }
    expect(query.mock.calls.map(([{ name }]) => name)).toEqual(Array.from({ length: 5 }, () => 'ramz-commit'));
    await ledger.close();
  });

  it('is found out when another daemon has changed it, and is loaded then', async () => {
    const database = await stores.newDatabase();
    const [one, other] = [await stores.open(database, 1), await stores.open(database, 2)];
    await commitAll(one, [enrolled(1)]);
    await accept(one, accepted(1, 1, 5));
    await accept(other, accepted(1, 2, 6));
    // The same code again, at the daemon that does not know yet that it was used.
    await remember(one, [accepted(1, 3, 6)]);
    expect(standingIn(one, 1)?.enrolments[0]?.floor).toBe(5);
    await expect(draftOf(one, [accepted(1, 3, 6)]).commit()).rejects.toThrow(RaceLost);
    await remember(one, [accepted(1, 3, 6)]);
    expect([one.isFresh(hexId(1)), standingIn(one, 1)?.enrolments[0]?.floor]).toEqual([true, 6]);
    await Promise.all([one.close(), other.close()]);
  });

  it('does not hide a request that was answered before, whoever answered it', async () => {
    const database = await stores.newDatabase();
    const [one, other] = [await stores.open(database, 1), await stores.open(database, 2)];
    await commitAll(one, [enrolled(1), enrolled(2)]);
    await accept(other, accepted(2, 7, 5));
    await accept(one, accepted(1, 1, 5));
    await remember(one, [accepted(1, 7, 6)]);
    await expect(draftOf(one, [accepted(1, 7, 6)]).commit()).rejects.toThrow(RaceLost);
    await remember(one, [accepted(1, 7, 6)]);
    expect(one.formerVerdict(RequestNames.of([accepted(1, 7, 6)]), 0)?.reason).toBe('accepted');
    await Promise.all([one.close(), other.close()]);
  });

  it('is no way round keys that another daemon has replaced', async () => {
    const database = await stores.newDatabase();
    const [one, other] = [await stores.open(database, 1), await stores.open(database, 2)];
    await commitAll(one, [enrolled(1)]);
    await accept(one, accepted(1, 1, 5));
    const draft = draftOf(other, [enrolled(2)]);
    draft.storeKeys({ epoch: 9 } as never);
    await draft.commit();
    await remember(one, [accepted(1, 2, 6)]);
    await expect(draftOf(one, [accepted(1, 2, 6)]).commit()).rejects.toThrow(RaceLost);
    await remember(one, [accepted(1, 2, 6)]);
    expect(one.keys?.epoch).toBe(9);
    await Promise.all([one.close(), other.close()]);
  });

  it('is nothing of a card that was not asked for: it is loaded when it is doubted, as every other', async () => {
    const database = await stores.newDatabase();
    const [ledger, other] = [await stores.open(database, 1), await stores.open(database, 2)];
    await commitAll(ledger, [enrolled(1), enrolled(2)]);
    await remember(other, [accepted(1, 1, 5)]);
    expect([standingIn(other, 1), other.isFresh(hexId(1))]).toEqual([undefined, false]);
    other.doubt([hexId(1)]);
    await remember(other, [accepted(1, 1, 5)]);
    expect([standingIn(other, 1)?.status, other.isFresh(hexId(1))]).toEqual(['active', true]);
    await other.close();
    await remember(ledger, [accepted(1, 1, 5), accepted(2, 2, 5)]);
    ledger.doubt([hexId(1)]);
    await remember(ledger, [accepted(1, 1, 5), accepted(2, 2, 5)]);
    expect([ledger.isFresh(hexId(1)), ledger.isFresh(hexId(2))]).toEqual([true, false]);
    await ledger.close();
  });

  it('is forgotten with the connection: behind the next one the same version may say something else', async () => {
    const database = await stores.newDatabase();
    const ledger = await stores.open(database, 1);
    await commitAll(ledger, [enrolled(1)]);
    await accept(ledger, accepted(1, 1, 5));
    const gone = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${database}' AND pid <> pg_backend_pid()`;
    await stores.server.sql(gone);
    await ledger.load(NOTHING_TO_LOAD).catch(() => {});
    await ledger.load(NOTHING_TO_LOAD);
    await remember(ledger, [accepted(1, 2, 6)]);
    expect(standingIn(ledger, 1)).toBeUndefined();
    await ledger.close();
  });
});
