import { join } from 'node:path';
import { withRehearsal } from '@ramz/client';
import { sharingScheme } from '@ramz/custody';
import { formatCode, hotp, stepAt } from '@ramz/otp-core';
import { Batch } from '../../apps/hsm-daemon/dist/vault/application/batch/batch.js';
import { subjectOf } from '../../apps/hsm-daemon/dist/vault/crypto/keyed-digests.js';
import { Keyring } from '../../apps/hsm-daemon/dist/vault/crypto/keyring.js';
import { SeedKeys } from '../../apps/hsm-daemon/dist/vault/crypto/seed-keys.js';
import { openLedger } from '../../apps/hsm-daemon/dist/vault/start-vault.js';
import { readBankProfile } from '../../libs/bank-profile/dist/bank-profile.js';
import type { PurposePolicy } from '../../libs/bank-profile/dist/purpose-policy.js';
import { profilePath } from '../../libs/bank-profile/dist/shipped-profiles.js';
import { cardNumber } from '../harness/cards.ts';

const AT_ONCE = 10_000;
const PURPOSE = 'second-pin';
const NO_ANCHOR = { read: () => undefined, write: () => {}, close: () => {} };

/** Enrolments written directly into the store of a stopped daemon, and their tokens' codes. */
export class ManyEnrolments {
  readonly count: number;
  readonly #seeds: SeedKeys;
  readonly #keyring: Keyring;

  private constructor(count: number, keyring: Keyring) {
    this.count = count;
    this.#keyring = keyring;
    this.#seeds = new SeedKeys(keyring.seedMasters, keyring.cardIndex, 'maskan');
  }

  /** Writes the enrolments. The custodians of the rehearsal open the keyring in this process. */
  static async write(dataDir: string, count: number): Promise<ManyEnrolments> {
    const nowhere = { dataDir, host: '127.0.0.1', port: 0 };
    const shares = await withRehearsal(nowhere, (people) =>
      Promise.resolve(['custodian-1', 'custodian-2'].map((name) => people.share(name))),
    );
    const ledger = await openLedger({ vaultDir: join(dataDir, 'vault') });
    const root = sharingScheme('slip39').combine(shares);
    const many = new ManyEnrolments(count, await Keyring.open(root, 'test', ledger.keys?.keys ?? []));
    for (let from = 0; from < count; from += AT_ONCE) {
      const batch = new Batch({ ledger, anchor: NO_ANCHOR }, Date.now());
      for (let n = from; n < Math.min(count, from + AT_ONCE); n++) batch.record(many.#entry(n));
      await batch.commit();
    }
    await ledger.close();
    return many;
  }

  /** Returns the code of card n, `stepsBack` steps before now. */
  code(n: number, stepsBack: number): string {
    const policy = readPolicy();
    const { subject, purpose, generation, epoch } = this.#entry(n);
    const of = { subject, purpose, enrolment: { id: enrolmentId(n), generation, epoch } };
    using key = this.#seeds.keyOf(of, policy.hash);
    return formatCode(hotp(key, stepAt(Date.now(), policy) - stepsBack, policy.digits));
  }

  #entry(n: number) {
    return {
      kind: 'enrolled' as const,
      atMs: Date.now(),
      caller: 'bench',
      subject: subjectOf(this.#keyring.cardIndex, `card/${cardNumber(n)}`),
      purpose: PURPOSE as 'second-pin',
      enrolmentId: enrolmentId(n),
      voids: [],
      generation: 1,
      epoch: 1,
      tokenSerial: 'BENCH',
      floor: 0,
    };
  }
}

function enrolmentId(n: number): string {
  return (n + 1).toString(16).padStart(32, '0');
}

let policy: PurposePolicy | undefined;
function readPolicy(): PurposePolicy {
  policy ??= readBankProfile(profilePath('maskan')).purposes[PURPOSE];
  if (policy === undefined) throw new Error(`the profile has no ${PURPOSE}`);
  return policy;
}
