import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { NOTHING_TO_LOAD } from '../../apps/hsm-daemon/src/vault/store/ledger.ts';
import { PostgresLedger } from '../../apps/hsm-daemon/src/vault/store/postgres/ledger.ts';

import { RaceLost } from '../../apps/hsm-daemon/src/vault/store/race-lost.ts';
import { NO_REQUESTS } from '../../apps/hsm-daemon/src/vault/store/request-names.ts';

import {
  acted,
  allEntries,
  commitAll,
  draftOf,
  enrolled,
  hexId,
  loadFor,
  requestKey,
  standingIn,
  verdict,
} from '../harness/ledger-entries.ts';

import { PostgresStores } from '../harness/postgres-stores.ts';
import { describeLedger, SOME_KEYS } from './conformance.ts';

let stores: PostgresStores;
beforeAll(async () => {
  stores = await PostgresStores.start();
});
afterAll(() => stores[Symbol.asyncDispose]());

const newDatabase = () => stores.newDatabase();
const open = (database: string, log = 1) => stores.open(database, log);

describeLedger('PostgreSQL', async () => {
  const database = await newDatabase();
  return { open: () => open(database), remove: async () => {} };
});

describe('several daemons on one database', () => {
  it('never see a standing that is older than its file', async () => {
    const database = await newDatabase();
    const [one, other] = [await open(database, 1), await open(database, 2)];
    await commitAll(one, [acted(1, 'subject-put', { number: hexId(77) })]);
    await one.load({ places: [{ subject: hexId(1), purpose: 'second-pin' }], names: NO_REQUESTS, requestsSinceMs: 0 });
    await commitAll(other, [enrolled(1)]);
    await one.loadRegister({ subjects: [hexId(1)], withNumbers: true });
    expect(one.filePlace(hexId(1)).file?.issuedUnder).toBe(hexId(77));
    expect(standingIn(one, 1)?.status).toBe('active');
  });

  it('let an enrolment under a number, or its change, decide again when both happen at once (M-35)', async () => {
    const database = await newDatabase();
    const [one, other] = [await open(database, 1), await open(database, 2)];
    const number = hexId(77);
    await commitAll(one, [acted(1, 'subject-put', { number }), acted(2, 'subject-put', { number }), enrolled(1)]);
    const change = acted(1, 'number-changed', { number: hexId(78), requestKey: hexId(9) });
    await loadFor(one, [change]);
    await loadFor(other, [enrolled(2)]);
    const [changing, enrolling] = [draftOf(one, [change]), draftOf(other, [enrolled(2)])];
    changing.relyOnNumber(number);
    expect(changing.filesUnder(number).map(({ subject }) => subject)).toEqual([hexId(1)]);
    await enrolling.commit();
    await expect(changing.commit()).rejects.toThrow(RaceLost);
    await loadFor(one, [change]);
    expect(one.filesUnder(number).map(({ subject }) => subject)).toEqual([hexId(1), hexId(2)]);
  });

  it('let only one of two batches on the same state commit, and write nothing of the other', async () => {
    const database = await newDatabase();
    const [one, other] = [await open(database, 1), await open(database, 2)];
    await commitAll(one, [enrolled(1), enrolled(2)]);
    const accepted = (request: number) => verdict(1, request, { reason: 'accepted', step: 9 });
    const both = [accepted(1), verdict(2, 3)];
    await loadFor(one, both);
    await loadFor(other, [accepted(2)]);
    await draftOf(other, [accepted(2)]).commit();
    await expect(draftOf(one, both).commit()).rejects.toThrow(RaceLost);
    await loadFor(one, both);
    expect(standingIn(one, 1)?.enrolments[0]?.floor).toBe(9);
    expect(standingIn(one, 2)?.wrongAtMs).toEqual([]);
    expect([one.logSize, other.logSize]).toEqual([2, 1]);
    await Promise.all([one.close(), other.close()]);
  });

  it.each([
    ['enrol the same card at once', [enrolled(7)], [enrolled(7, { enrolmentId: hexId(8) })]],
    ['get the same request', [verdict(1, 5)], [verdict(2, 5)]],
  ])('let only one commit when both %s', async (_, mine, theirs) => {
    const database = await newDatabase();
    const [one, other] = [await open(database, 1), await open(database, 2)];
    await loadFor(one, mine);
    await loadFor(other, theirs);
    const [mineDraft, theirsDraft] = [draftOf(one, mine), draftOf(other, theirs)];
    const ends = await Promise.allSettled([mineDraft.commit(), theirsDraft.commit()]);
    expect(ends.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(ends.find(({ status }) => status === 'rejected')).toMatchObject({ reason: expect.any(RaceLost) });
    await Promise.all([one.close(), other.close()]);
  });

  it('prevent write skew: of two batches that change what the other relied on, one loses', async () => {
    const database = await newDatabase();
    const [one, other] = [await open(database, 1), await open(database, 2)];
    const first = (request: number) => verdict(1, request, { purpose: 'first-pin', enrolmentId: hexId(8) });
    await commitAll(one, [enrolled(1), enrolled(1, { purpose: 'first-pin', enrolmentId: hexId(8) })]);
    const drafts = await Promise.all(
      [
        { ledger: one, mine: verdict(1, 1), theirs: first(2) },
        { ledger: other, mine: first(2), theirs: verdict(1, 1) },
      ].map(async ({ ledger, mine, theirs }) => {
        await loadFor(ledger, [mine, theirs]);
        const draft = draftOf(ledger, [{ ...mine, requestKey: requestKey(ledger === one ? 1 : 2) }]);
        draft.relyOn([ledger.place(theirs.subject, theirs.purpose)]);
        return draft;
      }),
    );
    const ends = await Promise.allSettled(drafts.map((draft) => draft.commit()));
    expect(ends.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    await Promise.all([one.close(), other.close()]);
  });

  it('see the keys that the other stored, and let only one of two concurrent changes of keys commit', async () => {
    const database = await newDatabase();
    const [one, other] = [await open(database, 1), await open(database, 2)];
    const store = (ledger: PostgresLedger, epoch: number) => {
      const draft = draftOf(ledger, [enrolled(epoch)]);
      draft.storeKeys({ ...SOME_KEYS, epoch });
      return draft.commit();
    };
    await store(one, 5);
    await expect(store(other, 6)).rejects.toThrow(RaceLost);
    await other.load(NOTHING_TO_LOAD);
    expect(other.keys).toEqual({ ...SOME_KEYS, epoch: 5 });
    await Promise.all([one.close(), other.close()]);
  });

  it('accept every step once in 200 rounds of both on eight cards', { timeout: 240_000 }, async () => {
    const database = await newDatabase();
    const ledgers = [await open(database, 1), await open(database, 2)];
    await commitAll(
      ledgers[0] as PostgresLedger,
      Array.from({ length: 8 }, (_, n) => enrolled(n)),
    );
    let request = 100;
    const run = async (ledger: PostgresLedger, seed: number) => {
      for (let round = 0; round < 100; round++) {
        const cards = [0, 1, 2].map((i) => (round * (seed + i) + i * 3) % 8);
        const wanted = [...new Set(cards)].map((n) => verdict(n, (request += 1)));
        for (;;) {
          await loadFor(ledger, wanted);
          const floors = wanted.map(
            ({ subject }) => ledger.place(subject, 'second-pin').standing?.enrolments[0]?.floor ?? 0,
          );
          const draft = draftOf(
            ledger,
            wanted.map((one, i) => ({ ...one, reason: 'accepted', step: (floors[i] ?? 0) + 1 })),
          );
          const lost = await draft.commit().then(
            () => false,
            (error: unknown) => {
              if (error instanceof RaceLost) return true;
              throw error;
            },
          );
          if (!lost) break;
        }
      }
    };
    await Promise.all(ledgers.map((ledger, i) => run(ledger, i + 1)));
    const entries = (await Promise.all(ledgers.map(allEntries))).flat();
    const steps = entries.flatMap((one) => (one.kind === 'verdict' ? [`${one.subject} ${one.step}`] : []));
    expect(steps.length).toBeGreaterThan(400);
    expect(new Set(steps).size).toBe(steps.length);
    await Promise.all(ledgers.map((ledger) => ledger.close()));
  });
});
