import {
  type Announcement,
  assertSigned,
  CustodyError,
  fingerprintOf,
  hexOf,
  operationOf,
  type ProposalView,
  rosterDigest,
  type SensitiveCommand,
  type Statement,
  sha256Hex,
  signStatement,
} from '@ramz/custody';
import type {
  WireActInput,
  WireActResult,
  WireAnnouncementResult,
  WireMinutesResult,
  WireSignedAnnouncement,
} from '@ramz/proto';
import { type PersonKeys, randomSecret } from './person-keys.ts';

/** Returns whether a vault's identity is that on the machine. Asked once, then remembered. */
export type BelieveVault = (identity: Uint8Array, fingerprint: string) => Promise<boolean>;

/** Carries statements through a daemon's front, which is not trusted, such as `RamzClient`. */
export interface CeremonyWire {
  announcement(nonce: Buffer): Promise<WireAnnouncementResult>;
  act(request: WireActInput): Promise<WireActResult>;
  minutes(ceremony: string): Promise<WireMinutesResult>;
}

/** The fields of a statement without its speaker, realm, session and nonce of an opening. */
type Words<S> = S extends { type: 'open' }
  ? Omit<S, 'realm' | 'by' | 'session' | 'nonce'>
  : S extends unknown
    ? Omit<S, 'realm' | 'by' | 'session'>
    : never;
const NOTHING = new Uint8Array();

/**
 * One person's connection to the vault, through a front that is not trusted. The person signs each
 * statement; each answer must be signed by the vault and belong to the request.
 */
export class VaultLine {
  readonly wire: CeremonyWire;
  readonly keys: PersonKeys;
  readonly #believe: BelieveVault;
  readonly #known: readonly Uint8Array[];
  readonly #mayMeet: boolean;
  readonly #forgotten: readonly Uint8Array[];
  #identity: Uint8Array | undefined;
  #latest: Announcement | undefined;

  /**
   * @param known vaults that this person knows
   * @param forgotten vaults that are always rejected
   * @param mayMeet whether a new vault may be compared; by default only if none is known
   */
  constructor(
    wire: CeremonyWire,
    keys: PersonKeys,
    known: readonly Uint8Array[],
    believe: BelieveVault,
    mayMeet: boolean = known.length === 0,
    forgotten: readonly Uint8Array[] = [],
  ) {
    this.wire = wire;
    this.keys = keys;
    this.#known = known;
    this.#believe = believe;
    this.#mayMeet = mayMeet;
    this.#forgotten = forgotten;
  }

  get name(): string {
    return this.keys.person.name;
  }

  /** The last announcement. */
  get latest(): Announcement | undefined {
    return this.#latest;
  }

  /** Fingerprint of the accepted vault; undefined before its first answer. */
  get vaultFingerprint(): string | undefined {
    return this.#identity === undefined ? undefined : fingerprintOf(this.#identity);
  }

  /**
   * Fetches a fresh announcement.
   * @throws CustodyError `signature-wrong` when it is not from the vault
   */
  async look(): Promise<Announcement> {
    const nonce = Buffer.from(randomSecret(16));
    const { announcement } = await this.wire.announcement(nonce);
    return this.#read(announcement, { nonce: nonce.toString('hex'), answers: '' });
  }

  /**
   * Signs and sends a statement.
   * @throws CallRefused, CustodyError
   */
  async say(
    words: Words<Statement>,
    envelope: Uint8Array = NOTHING,
  ): Promise<{ now: Announcement; envelope: Uint8Array }> {
    const { session } = this.#latest ?? (await this.look());
    const needsSession = ['open', 'propose', 'approve', 'repeat'].includes(words.type);
    const statement = {
      ...words,
      by: this.name,
      realm: this.keys.realm,
      ...(needsSession && { session }),
      ...(words.type === 'open' && { nonce: freshNonce() }),
    };
    const signed = await signStatement(this.keys.signing, statement);
    const answer = await this.wire.act({
      statement: Buffer.from(signed.statement),
      signature: Buffer.from(signed.signature),
      envelope: Buffer.from(envelope),
    });
    const answers = sha256Hex(signed.statement);
    return {
      now: await this.#read(answer.announcement, { nonce: '', answers }),
      envelope: Uint8Array.from(answer.envelope),
    };
  }

  /**
   * Proposes a sensitive command. It runs at once if this person alone suffices.
   * @param minutes how long approvals stay valid; by default as long as the rules allow
   */
  async propose(command: SensitiveCommand, minutes?: number, uses = 1): Promise<{ nonce: string; now: Announcement }> {
    const { at_ms: atMs, quorum } = await this.look();
    const windowMin = minutes ?? quorum?.[operationOf(command)].window_min ?? 1;
    const nonce = freshNonce();
    // By the vault's clock; a little less than the rule allows, for the time in flight.
    const expiresAtMs = atMs + windowMin * 60_000 - 5_000;
    const { now } = await this.say({ type: 'propose', command, nonce, expires_at_ms: expiresAtMs, uses });
    return { nonce, now };
  }

  /** Fetches a proposal's current state, to be shown before it is approved. */
  async proposal(nonce: string): Promise<ProposalView> {
    const { proposals } = await this.look();
    const proposal = proposals.find((one) => one.nonce === nonce);
    if (proposal === undefined) throw new Error('there is no such proposal, or it has expired');
    return proposal;
  }

  /** Approves exactly the proposal that was shown, and no other with the same nonce. */
  async approve({ command, nonce, expires_at_ms: expiresAtMs, uses }: ProposalView): Promise<Announcement> {
    return (await this.say({ type: 'approve', command, nonce, expires_at_ms: expiresAtMs, uses })).now;
  }

  async #read(
    wire: WireSignedAnnouncement | null,
    wanted: Pick<Announcement, 'nonce' | 'answers'>,
  ): Promise<Announcement> {
    if (wire === null) throw new CustodyError('signature-wrong', 'the daemon answered without an announcement');
    await this.#assertSigned(wire);
    // The vault signed it as canonical JSON, so it has only one form.
    const announcement = JSON.parse(wire.announcement.toString()) as Announcement;
    // Checked first, so that no one compares fingerprints in vain.
    if (announcement.realm !== this.keys.realm) {
      throw new Error(`this key file is of the ${this.keys.realm} realm, the daemon of ${announcement.realm}`);
    }
    await this.#assertBelieved(Uint8Array.from(wire.identity));
    const { type, nonce, answers } = announcement;
    if (type !== 'announcement' || nonce !== wanted.nonce || answers !== wanted.answers) {
      throw new CustodyError(
        'signature-wrong',
        'the daemon answered with an announcement of another time or statement: the vault may not have accepted it',
      );
    }
    this.#latest = announcement;
    return announcement;
  }

  async #assertSigned({ announcement, signature, identity }: WireSignedAnnouncement): Promise<void> {
    const shown = Uint8Array.from(identity);
    if (this.#forgotten.some((one) => Buffer.compare(one, shown) === 0)) {
      throw new CustodyError(
        'signature-wrong',
        `${this.name} has forgotten this vault for good (${fingerprintOf(shown)}): the key that is shown is no longer valid. Stop, and inform the auditor`,
      );
    }
    // The first vault that was accepted on this connection must stay the same.
    const known = this.#identity === undefined ? this.#known : [this.#identity];
    const mayBeNew = this.#identity === undefined && this.#mayMeet;
    if (!mayBeNew && !known.some((one) => Buffer.compare(one, shown) === 0)) {
      const fingerprints = known.map((one) => fingerprintOf(one)).join(' or ');
      throw new CustodyError(
        'signature-wrong',
        `this is not the vault that ${this.name} knows: its fingerprint is ${fingerprintOf(shown)}, not ${fingerprints}. Stop, and inform the auditor. If a quorum adopted a new identity: ramz forget-vault first. Only for a further daemon on one database: --another-vault${this.#rehearsalHint()}`,
      );
    }
    const signed = { statement: Uint8Array.from(announcement), signature: Uint8Array.from(signature) };
    await assertSigned(signed, shown, 'the vault');
  }

  #rehearsalHint(): string {
    const another = ' (another rehearsal, in another data directory, needs new key files)';
    return this.keys.realm === 'test' ? another : '';
  }

  async #assertBelieved(shown: Uint8Array): Promise<void> {
    const isKnown = this.#known.some((one) => Buffer.compare(one, shown) === 0);
    if (this.#identity === undefined && !isKnown && !(await this.#believe(shown, fingerprintOf(shown)))) {
      throw new CustodyError(
        'signature-wrong',
        'the fingerprint of the vault is not the one on its console: stop, and inform the auditor',
      );
    }
    this.#identity = shown;
  }
}

/** Returns a nonce that identifies one proposal or opening. */
function freshNonce(): string {
  return hexOf(randomSecret(16));
}

/** Returns the digest to confirm, of the plan, roster and session key that this person sees. */
export function rosterSeen({ ceremony }: Announcement): string {
  if (ceremony === null) throw new Error('no ceremony is open');
  const { id, plan, roster, session_key: sessionKey } = ceremony;
  return rosterDigest({ id, plan, roster, sessionKey });
}
