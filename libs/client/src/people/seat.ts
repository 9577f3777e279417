import {
  type Announcement,
  bytesOfHex,
  type CeremonyView,
  CustodyError,
  ENTROPY_BYTES,
  entropyCommitment,
  type SchemeName,
  sealEnvelope,
  sha256Hex,
  sharingScheme,
} from '@ramz/custody';
import { Secret } from '@ramz/otp-core';
import { type Duty, dutyOf } from './duty.ts';
import { randomSecret } from './person-keys.ts';
import { rosterSeen, type VaultLine } from './vault-line.ts';

/** Actions that only the person can do. A dialogue asks for them; a rehearsal reads files. */
export interface SeatActions {
  /** Returns whether all fingerprints agree, once they were read aloud and compared. */
  compareRoster(ceremony: CeremonyView): Promise<boolean>;
  /** Shows the share's text, to be written down. The caller wipes it afterwards. */
  writeDown(share: Secret, ceremony: CeremonyView): Promise<void>;
  /** Returns the encoded share that the person typed as text. The caller wipes it. */
  typeShare(scheme: SchemeName, which: 'new' | 'in force', ceremony: CeremonyView): Promise<Secret>;
}

/** One custodian's seat in a ceremony. Performs one duty at a time. */
export class Seat {
  readonly #line: VaultLine;
  readonly #table: SeatActions;
  #entropy: Secret | undefined;
  #joined = '';

  constructor(line: VaultLine, table: SeatActions) {
    this.#line = line;
    this.#table = table;
  }

  dutyOf(now: Announcement): Duty {
    return dutyOf(now, this.#line.name, this.#isKnown(now) || this.#joined === now.ceremony?.id);
  }

  /**
   * Performs this person's current duty, if there is one.
   * @returns the latest announcement
   * @throws CallRefused, CustodyError
   */
  async serve(now: Announcement): Promise<Announcement> {
    const { ceremony } = now;
    const duty = this.dutyOf(now);
    if (ceremony === null) return now;
    if (duty !== 'join' && ceremony.plan.custodians.includes(this.#line.name)) this.#assertOwnKeys(now);
    switch (duty) {
      case 'join':
        this.#joined = ceremony.id;
        return this.#say({ type: 'join', ceremony: ceremony.id, person: this.#line.keys.person });
      case 'confirm':
        return this.#confirm(now, ceremony);
      case 'commit':
        return this.#commit(ceremony);
      case 'reveal':
        return this.#reveal(ceremony);
      case 'give':
        return this.#sendShare('give', ceremony, now.scheme, 'in force');
      case 'collect':
        return this.#collect(ceremony);
      case 'prove':
        return ceremony.phase === 'roll-call'
          ? this.#sendShare('prove', ceremony, now.scheme, 'in force')
          : this.#sendShare('prove', ceremony, ceremony.plan.scheme, 'new');
      case 'finalise':
        return this.#say({ type: 'finalise', ceremony: ceremony.id });
      case 'wait':
      case 'none':
      case 'ended':
        return now;
    }
  }

  wipe(): void {
    this.#entropy?.wipe();
  }

  async #confirm(now: Announcement, ceremony: CeremonyView): Promise<Announcement> {
    const roster = rosterSeen(now);
    if (!(await this.#table.compareRoster(ceremony))) {
      return this.#say({
        type: 'abort',
        ceremony: ceremony.id,
        reason: `${this.#line.name}: the fingerprints do not agree`,
      });
    }
    return this.#say({ type: 'confirm', ceremony: ceremony.id, roster });
  }

  #commit(ceremony: CeremonyView): Promise<Announcement> {
    this.#entropy?.wipe();
    this.#entropy = Secret.own(randomSecret(ENTROPY_BYTES));
    const commitment = entropyCommitment(ceremony.id, this.#line.name, this.#entropy);
    return this.#say({ type: 'commit', ceremony: ceremony.id, commitment });
  }

  async #reveal(ceremony: CeremonyView): Promise<Announcement> {
    if (this.#entropy === undefined) {
      const reason = `${this.#line.name}: the terminal was restarted, what it committed to is gone`;
      return this.#say({ type: 'abort', ceremony: ceremony.id, reason });
    }
    const envelope = await sealEnvelope(
      'entropy-to-vault',
      sessionKey(ceremony),
      this.#entropy,
      this.#context(ceremony),
    );
    const now = await this.#say({ type: 'reveal', ceremony: ceremony.id, envelope: sha256Hex(envelope) }, envelope);
    this.#entropy.wipe();
    this.#entropy = undefined;
    return now;
  }

  async #collect(ceremony: CeremonyView): Promise<Announcement> {
    const { now, envelope } = await this.#line.say({ type: 'collect', ceremony: ceremony.id });
    using share = await this.#line.keys.sealing.open('share-to-custodian', envelope, this.#context(ceremony));
    using text = sharingScheme(ceremony.plan.scheme).text(share);
    await this.#table.writeDown(text, ceremony);
    return now;
  }

  async #sendShare(
    type: 'give' | 'prove',
    ceremony: CeremonyView,
    scheme: SchemeName,
    which: 'new' | 'in force',
  ): Promise<Announcement> {
    using share = await this.#table.typeShare(scheme, which, ceremony);
    const envelope = await sealEnvelope('share-to-vault', sessionKey(ceremony), share, this.#context(ceremony));
    return this.#say({ type, ceremony: ceremony.id, envelope: sha256Hex(envelope) }, envelope);
  }

  async #say(words: Parameters<VaultLine['say']>[0], envelope?: Uint8Array): Promise<Announcement> {
    return (await this.#line.say(words, envelope)).now;
  }

  #context(ceremony: CeremonyView): string {
    return `${ceremony.id}/${this.#line.name}`;
  }

  /**
   * Checks that the roster has this person's keys under their name. Otherwise an attacker in
   * between could take their place, and give them a share that was opened on the way.
   * @throws CustodyError `signature-wrong`
   */
  #assertOwnKeys(now: Announcement): void {
    const { ceremony } = now;
    const listed = ceremony?.roster.some(({ name }) => name === this.#line.name) === true;
    if (!listed || this.#isKnown(now)) return;
    throw new CustodyError(
      'signature-wrong',
      `the roster has other keys under the name ${this.#line.name}: someone has taken your place. Stop, and inform the auditor`,
    );
  }

  /** Returns whether the roster has this person with these keys: then they need not join again. */
  #isKnown({ ceremony }: Announcement): boolean {
    const { name, signing_key: signingKey, sealing_key: sealingKey } = this.#line.keys.person;
    return (
      ceremony?.roster.some(
        (person) => person.name === name && person.signing_key === signingKey && person.sealing_key === sealingKey,
      ) === true
    );
  }
}

function sessionKey({ session_key: sessionPublicKey }: CeremonyView): Uint8Array {
  return bytesOfHex(sessionPublicKey);
}
