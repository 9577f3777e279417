// The tests that every store engine must pass.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Ledger, NOTHING_TO_LOAD, type StoredKeys } from '../../apps/hsm-daemon/src/vault/store/ledger.ts';
import { encodeEntry } from '../../libs/audit-log/src/entries/entry-codec.ts';
import { leafHash } from '../../libs/audit-log/src/tree/merkle-tree.ts';
import {
  consistencyHolds,
  consistencyProof,
  inclusionProof,
  rootFromInclusion,
} from '../../libs/audit-log/src/tree/proofs.ts';
import {
  allEntries,
  commitAll,
  draftOf,
  enrolled,
  formerIn,
  hexId,
  loadFor,
  NOW_MS,
  namesOf,
  standingIn,
  verdict,
} from '../harness/ledger-entries.ts';
import { describeRegister } from './register-conformance.ts';

/** A store that can be opened repeatedly. */
export interface Engine {
  /** @param atMs the current time */
  open(atMs?: number): Promise<Ledger>;
  remove(): Promise<void>;
}

const DAY_MS = 24 * 3600 * 1000;
export const SOME_KEYS = {
  realm: 'test',
  epoch: 1,
  keys: [
    { name: 'audit', version: 1, wrapped: Uint8Array.of(1, 2), public_key: Uint8Array.of(3), kcv: 'k', states: [] },
  ],
  persons: [],
  blocked_callers: [],
  destroyed: false,
  guarded_root: Uint8Array.of(9),
} as unknown as StoredKeys;

export function describeLedger(name: string, make: () => Promise<Engine>): void {
  describeRegister(name, make);
  describe(`the ${name} ledger`, () => {
    let engine: Engine;
    let ledger: Ledger;
    beforeEach(async () => {
      engine = await make();
      ledger = await engine.open();
    });
    afterEach(async () => {
      await ledger.close();
      await engine.remove();
    });
    const reopen = async (atMs = NOW_MS) => {
      await ledger.close();
      ledger = await engine.open(atMs);
    };
    const standing = async (n: number) => {
      await ledger.load({
        places: [{ subject: hexId(n), purpose: 'second-pin' }],
        names: namesOf(),
        requestsSinceMs: 0,
      });
      return standingIn(ledger, n);
    };
    const former = async (request: number, requestsSinceMs = 0) => {
      await ledger.load({ places: [], names: namesOf(request), requestsSinceMs });
      return formerIn(ledger, request);
    };

    it('has the same standings after a commit and after reopening', async () => {
      const entries = [enrolled(1), verdict(1, 1), verdict(1, 2, { reason: 'accepted', step: 9 }), verdict(1, 3)];
      await commitAll(ledger, entries);
      const live = await standing(1);
      expect(live).toMatchObject({ wrongAtMs: [NOW_MS, NOW_MS], wrongSinceAccepted: 1, status: 'active' });
      expect(live?.enrolments).toMatchObject([{ id: hexId(1_000_001), floor: 9 }]);
      await reopen();
      expect(await standing(1)).toEqual(live);
      expect(await allEntries(ledger)).toEqual(entries);
      expect([ledger.logSize, await ledger.activeEnrolments()]).toEqual([4, 1]);
    });

    it('keeps several tokens, a void one, a spent step and a locked subject after reopening', async () => {
      await commitAll(ledger, [enrolled(1), enrolled(1, { enrolmentId: hexId(7), generation: 2, tokenSerial: 'U' })]);
      await commitAll(ledger, [
        verdict(1, 1, { reason: 'resynchronised', step: 5 }),
        verdict(1, 2, { reason: 'accepted', step: 6 }),
        { kind: 'spent', atMs: NOW_MS, subject: hexId(1), purpose: 'second-pin', enrolmentId: hexId(7), step: 8 },
        enrolled(2),
        verdict(2, 3, { reason: 'locked-now' }),
        enrolled(3),
        enrolled(3, { enrolmentId: hexId(9), voids: [hexId(1_000_003)], generation: 2 }),
      ]);
      const live = [await standing(1), await standing(2), await standing(3)];
      expect(live[0]?.enrolments).toMatchObject([
        { floor: 6, resynchronised: { step: 5 }, observed: [{ step: 6, atMs: NOW_MS }] },
        { floor: 8, tokenSerial: 'U' },
      ]);
      expect([live[1]?.status, live[2]?.enrolments.map(({ id }) => id)]).toEqual(['locked', [hexId(9)]]);
      expect(await ledger.activeEnrolments()).toBe(3);
      await reopen();
      expect([await standing(1), await standing(2), await standing(3)]).toEqual(live);
      expect(await ledger.activeEnrolments()).toBe(3);
    });

    it('finds a former verdict by its request key, also after reopening', async () => {
      await commitAll(ledger, [enrolled(1), verdict(1, 1), verdict(1, 2)]);
      expect(await former(2)).toEqual({ logIndex: 2, reason: 'wrong-code', requestDigest: hexId(7) });
      expect(await former(9)).toBeUndefined();
      await reopen();
      expect(await former(1)).toMatchObject({ logIndex: 1 });
    });

    it('keeps a request for at least a day, although the clock was set back meanwhile', async () => {
      await commitAll(ledger, [enrolled(1), verdict(1, 1)]);
      await commitAll(ledger, [verdict(1, 2, { atMs: NOW_MS - 2 * DAY_MS })], NOW_MS - 2 * DAY_MS);
      await ledger.tidy(NOW_MS + DAY_MS - 1);
      expect(await former(1)).toMatchObject({ logIndex: 1 });
      await reopen();
      expect(await former(1)).toMatchObject({ logIndex: 1 });
    });

    it('forgets a request after exactly a day, and frees its id for another', async () => {
      await commitAll(ledger, [enrolled(1), verdict(1, 1)]);
      expect(await former(1, NOW_MS - 1)).toMatchObject({ logIndex: 1 });
      expect(await former(1, NOW_MS)).toBeUndefined();
      const later = NOW_MS + DAY_MS;
      await commitAll(ledger, [verdict(1, 1, { atMs: later, requestDigest: hexId(8) })], later);
      expect(await former(1, NOW_MS)).toMatchObject({ logIndex: 2, requestDigest: hexId(8) });
      await reopen(later);
      expect(await former(1, NOW_MS)).toMatchObject({ logIndex: 2 });
      await ledger.confirm();
    });

    it('rolls back a batch that cannot be written', async () => {
      await commitAll(ledger, [enrolled(1)]);
      const unwritable = { ...verdict(1, 1), caller: 'x'.repeat(300) };
      await expect(commitAll(ledger, [verdict(1, 1), unwritable])).rejects.toThrow(RangeError);
      expect([ledger.logSize, (await standing(1))?.wrongAtMs]).toEqual([1, []]);
      await commitAll(ledger, [verdict(1, 1)]);
      expect(await allEntries(ledger)).toEqual([enrolled(1), verdict(1, 1)]);
    });

    it('keeps keys, checkpoints, events and ceremonies', async () => {
      const act = {
        atMs: NOW_MS,
        caller: 'op',
        by: '',
        detail: '',
        statement: new Uint8Array(),
        signature: new Uint8Array(),
      };
      await ledger.load(NOTHING_TO_LOAD);
      const draft = draftOf(ledger, [
        enrolled(1),
        verdict(1, 1),
        { kind: 'ceremony', ceremony: hexId(5), act: 'opened', ...act },
        { kind: 'ceremony', ceremony: hexId(5), act: 'took-effect', ...act },
      ]);
      draft.storeKeys(SOME_KEYS);
      await draft.commit();
      await ledger.putCheckpoint(2, 'note 2');
      await ledger.putCheckpoint(4, 'note 4');
      await reopen();
      expect(ledger.keys).toEqual(SOME_KEYS);
      expect(await ledger.checkpoints(1)).toEqual(['note 4']);
      expect(await ledger.checkpoints(5)).toEqual(['note 2', 'note 4']);
      expect(await ledger.events(0, 10)).toEqual([
        { logIndex: 1, kind: 'first-failure' },
        { logIndex: 3, kind: 'ceremony-ended' },
      ]);
      expect(await ledger.latestEvent(['first-failure', 'locked'])).toMatchObject({ logIndex: 1 });
      expect(await ledger.latestEvent(['locked'])).toBeUndefined();
      expect(await ledger.ceremonyEntries(hexId(5))).toEqual([2, 3]);
      expect([await ledger.latestCeremony(), await ledger.ceremonyEntries(hexId(6))]).toEqual([hexId(5), []]);
      await ledger.scrub();
    });

    it('has the tree of its entries, in one batch or many, and proves them', async () => {
      await commitAll(
        ledger,
        Array.from({ length: 600 }, (_, n) => enrolled(n + 1)),
      );
      const formerRoot = ledger.treeRoot();
      for (let n = 1; n <= 30; n++) await commitAll(ledger, [verdict(n, n)]);
      await reopen();
      const size = ledger.logSize;
      for (const index of [0, 255, 256, 599, 600, 629]) {
        const proof = await ledger.fromTree((nodeAt) => inclusionProof(index, size, nodeAt));
        const leaf = leafHash(encodeEntry(await ledger.entry(index)));
        expect(rootFromInclusion(leaf, index, size, proof)).toEqual(Uint8Array.from(ledger.treeRoot()));
      }
      const proof = await ledger.fromTree((nodeAt) => consistencyProof(600, size, nodeAt));
      const trees = [
        { size: 600, root: formerRoot },
        { size, root: ledger.treeRoot() },
      ] as const;
      expect(consistencyHolds(trees[0], trees[1], proof)).toBe(true);
    });

    it('sets the floors of every standing at a restore, but not of later ones', async () => {
      await commitAll(ledger, [enrolled(1), enrolled(2, { floor: 90 }), enrolled(4, { purpose: 'first-pin' })]);
      await commitAll(ledger, [
        { kind: 'restored', atMs: NOW_MS, ceremony: hexId(5), epoch: 2, floors: { 'second-pin': 50 } },
      ]);
      await commitAll(ledger, [enrolled(3)]);
      const floors = async () =>
        [await standing(1), await standing(2), await standing(3)].map((one) => one?.enrolments[0]?.floor);
      expect(await floors()).toEqual([50, 90, 0]);
      await reopen();
      expect(await floors()).toEqual([50, 90, 0]);
    });

    it('returns exactly the requested page of leaves', async () => {
      await commitAll(
        ledger,
        Array.from({ length: 10 }, (_, n) => enrolled(n)),
      );
      await commitAll(
        ledger,
        Array.from({ length: 10 }, (_, n) => enrolled(n + 10)),
      );
      const page = await ledger.leaves(7, 6);
      expect(page.map((leaf) => Buffer.from(leaf).toString('hex'))).toEqual(
        Array.from({ length: 6 }, (_, i) => Buffer.from(encodeEntry(enrolled(7 + i))).toString('hex')),
      );
      expect(await ledger.entry(19)).toEqual(enrolled(19));
    });

    it('shows a draft its own changes, before and after its commit', async () => {
      await loadFor(ledger, [enrolled(1), verdict(1, 1)]);
      const draft = draftOf(ledger, [enrolled(1), verdict(1, 1)]);
      expect(draft.place(hexId(1), 'second-pin').standing?.wrongSinceAccepted).toBe(1);
      expect(draft.formerAnswer(0)).toMatchObject({ logIndex: 1, isSameRequest: true });
      await draft.commit();
      expect((await standing(1))?.wrongSinceAccepted).toBe(1);
    });
  });
}
