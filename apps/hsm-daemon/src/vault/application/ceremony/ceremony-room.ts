import {
  bytesOfHex,
  CustodyError,
  ENTROPY_BYTES,
  type EnvelopeUse,
  entropyCommitment,
  type Person,
  type RecipientKeys,
  realmOfIdentifier,
  sealEnvelope,
  sharingScheme,
} from '@ramz/custody';
import { Secret } from '@ramz/otp-core';
import { shareDigest } from '../../crypto/share-digest.ts';
import type { Ceremony } from '../../domain/ceremony/ceremony.ts';
import { makesShares } from '../../domain/ceremony/kinds.ts';
import { StatementRefused } from '../../domain/ceremony/refusal.ts';
import type { CeremonyStep } from '../../domain/ceremony/take-step.ts';
import type { StoredKeys } from '../../store/ledger.ts';
import { Fault } from '../batch/fault.ts';

/**
 * What the vault holds only while a ceremony lasts: the session key, the custodians' inputs, and
 * the new shares sealed to their custodians. All of it is wiped when the ceremony ends, for any
 * reason.
 */
export class CeremonyRoom {
  ceremony: Ceremony;
  /** Dropped with the ceremony: after that, nothing that was sealed to it can be opened. */
  #session: RecipientKeys | undefined;
  readonly entropy: Map<string, Secret> = new Map();
  /** Encoded shares of the root key in force. */
  readonly given: Map<string, Secret> = new Map();
  made: NewShares | undefined;

  /**
   * The stored keys when it began: if another daemon changes them, the ceremony must not overwrite
   * that.
   */
  readonly begunOn: StoredKeys | undefined;

  constructor(ceremony: Ceremony, session: RecipientKeys, begunOn: StoredKeys | undefined) {
    this.ceremony = ceremony;
    this.#session = session;
    this.begunOn = begunOn;
  }

  /**
   * Checks what a step carries, and keeps it.
   * @throws StatementRefused, Fault `share-refused`
   */
  async takeIn(
    step: CeremonyStep,
    attachment: Uint8Array,
    realm: string,
    stored: StoredKeys | undefined,
  ): Promise<void> {
    switch (step.type) {
      case 'join':
        return assertSealable(step.person);
      case 'reveal':
        return this.#takeEntropy(step.by, await this.#open('entropy-to-vault', step.by, attachment));
      case 'give': {
        const share = await this.#open('share-to-vault', step.by, attachment);
        this.#assertShare(step.by, share, realm, stored?.shares, [...this.given.values()]);
        this.given.set(step.by, share);
        return;
      }
      case 'prove': {
        using share = await this.#open('share-to-vault', step.by, attachment);
        const wanted = makesShares(this.ceremony.plan.kind) ? this.made?.shares : stored?.shares;
        return this.#assertShare(step.by, share, realm, wanted, []);
      }
      default:
        return;
    }
  }

  /** Wipes what is no longer needed once the shares are made, or the ceremony has ended. */
  wipeInputs(): void {
    for (const kept of [this.entropy, this.given]) {
      for (const secret of kept.values()) secret.wipe();
      kept.clear();
    }
  }

  wipe(): void {
    this.#session = undefined;
    this.wipeInputs();
    this.made = undefined;
  }

  #takeEntropy(by: string, entropy: Secret): void {
    const right =
      entropy.length === ENTROPY_BYTES &&
      entropyCommitment(this.ceremony.id, by, entropy) === this.ceremony.committed[by];
    if (right) return void this.entropy.set(by, entropy);
    entropy.wipe();
    throw new StatementRefused(`${by} reveals something else than was committed to`);
  }

  async #open(use: EnvelopeUse, by: string, envelope: Uint8Array): Promise<Secret> {
    try {
      if (this.#session === undefined) throw new StatementRefused('the ceremony has ended');
      return await this.#session.open(use, envelope, `${this.ceremony.id}/${by}`);
    } catch (error) {
      if (error instanceof CustodyError) throw new Fault('share-refused', `from ${by}: ${error.message}`);
      throw error;
    }
  }

  /** Rejects a wrong share at once: names what is wrong with it and its custodian, and wipes it. */
  #assertShare(
    by: string,
    share: Secret,
    realm: string,
    wanted: Pick<StoredKeys['shares'], 'scheme' | 'identifier' | 'holders' | 'digests'> | undefined,
    held: readonly Secret[],
  ): void {
    const wrong = wanted === undefined ? 'no share is awaited' : wrongWith(by, share, realm, wanted, held);
    if (wrong === undefined) return;
    share.wipe();
    throw new Fault('share-refused', `the share of ${by}: ${wrong}`);
  }
}

/**
 * Rejects a sealing key that nothing can be sealed to: it would be noticed only when the shares are
 * made, and stop the whole ceremony.
 */
async function assertSealable({ name, sealing_key: sealingKey }: Person): Promise<void> {
  try {
    using nothing = Secret.copy(new Uint8Array(1));
    await sealEnvelope('share-to-custodian', bytesOfHex(sealingKey), nothing, '');
  } catch (error) {
    if (error instanceof CustodyError)
      throw new StatementRefused(`the sealing key of ${name} is not an X25519 public key`);
    throw error;
  }
}

function wrongWith(
  by: string,
  share: Secret,
  realm: string,
  { scheme, identifier, holders, digests }: Pick<StoredKeys['shares'], 'scheme' | 'identifier' | 'holders' | 'digests'>,
  held: readonly Secret[],
): string | undefined {
  try {
    const label = sharingScheme(scheme).check(share, held);
    if (realmOfIdentifier(label.identifier) !== realm) return `it is a share of the other realm, not of ${realm}`;
    if (label.identifier !== identifier) return 'it is a share of another ceremony';
  } catch (error) {
    if (error instanceof CustodyError) return error.message;
    throw error;
  }
  if (digests[holders.indexOf(by)] === shareDigest(realm, by, share)) return undefined;
  const owner = holders.find((name, i) => digests[i] === shareDigest(realm, name, share));
  return owner === undefined ? 'it is not the one that was handed out' : `it is the share of ${owner}`;
}

/** New shares that are not proved yet, and the keys that take effect when all are. */
export interface NewShares {
  readonly keys: StoredKeys;
  readonly shares: StoredKeys['shares'];
  /** By custodian, sealed to that custodian's key. */
  readonly envelopes: ReadonlyMap<string, Uint8Array>;
}
