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

/** Whether a vault with this identity is the one on the machine: asked once, then remembered. */
export type BelieveVault = (identity: Uint8Array, fingerprint: string) => Promise<boolean>;

/** What carries statements: a daemon's front, which is not trusted. `RamzClient` is one. */
export interface CeremonyWire {
  announcement(nonce: Buffer): Promise<WireAnnouncementResult>;
  act(request: WireActInput): Promise<WireActResult>;
  minutes(ceremony: string): Promise<WireMinutesResult>;
}

/** The words of a statement before who says it and in which realm. */
type Words<S> = S extends { type: 'open' }
  ? Omit<S, 'realm' | 'by' | 'session' | 'nonce'>
  : S extends unknown
    ? Omit<S, 'realm' | 'by' | 'session'>
    : never;
const NOTHING = new Uint8Array();

/**
 * One person's line to the vault, through a front that is not trusted: what goes out is signed by the person,
 * what comes back must be signed by the vault, and be an answer to what went out.
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
   * @param known vaults known from before
   * @param forgotten vaults that are never believed again
   * @param mayMeet another one may be met, and compared; without that only somebody who knows none meets one
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

  /** How things stood at the last look. */
  get latest(): Announcement | undefined {
    return this.#latest;
  }

  /** Of the vault that was compared; undefined before it was met. */
  get vaultFingerprint(): string | undefined {
    return this.#identity === undefined ? undefined : fingerprintOf(this.#identity);
  }

  /** How things stand. @throws CustodyError `signature-wrong` when it is not the vault that says so */
  async look(): Promise<Announcement> {
    const nonce = Buffer.from(randomSecret(16));
    const { announcement } = await this.wire.announcement(nonce);
    return this.#read(announcement, { nonce: nonce.toString('hex'), answers: '' });
  }

  /** Signs and sends. @throws CallRefused, CustodyError */
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
   * Proposes a sensitive command. It runs at once when this person is enough.
   * @param minutes how long approvals count; as long as the rules allow when not said
   */
  async propose(command: SensitiveCommand, minutes?: number, uses = 1): Promise<{ nonce: string; now: Announcement }> {
    const { at_ms: atMs, quorum } = await this.look();
    const windowMin = minutes ?? quorum?.[operationOf(command)].window_min ?? 1;
    const nonce = freshNonce();
    // The vault's clock counts; a little less than the rule allows, for the way there.
    const expiresAtMs = atMs + windowMin * 60_000 - 5_000;
    const { now } = await this.say({ type: 'propose', command, nonce, expires_at_ms: expiresAtMs, uses });
    return { nonce, now };
  }

  /** A proposal as it stands now: show it before it is approved. */
  async proposal(nonce: string): Promise<ProposalView> {
    const { proposals } = await this.look();
    const proposal = proposals.find((one) => one.nonce === nonce);
    if (proposal === undefined) throw new Error('there is no such proposal, or it has expired');
    return proposal;
  }

  /** Approves what was shown, and nothing else that has its name. */
  async approve({ command, nonce, expires_at_ms: expiresAtMs, uses }: ProposalView): Promise<Announcement> {
    return (await this.say({ type: 'approve', command, nonce, expires_at_ms: expiresAtMs, uses })).now;
  }

  async #read(
    wire: WireSignedAnnouncement | null,
    wanted: Pick<Announcement, 'nonce' | 'answers'>,
  ): Promise<Announcement> {
    if (wire === null) throw new CustodyError('signature-wrong', 'the daemon answered without an announcement');
    await this.#assertSigned(wire);
    // Signed by the vault, so there is one form of it only.
    const announcement = JSON.parse(wire.announcement.toString()) as Announcement;
    // Before anybody is asked to compare fingerprints for nothing.
    if (announcement.realm !== this.keys.realm) {
      throw new Error(`this key file is of the ${this.keys.realm} realm, the daemon of ${announcement.realm}`);
    }
    await this.#assertBelieved(Uint8Array.from(wire.identity));
    const { type, nonce, answers } = announcement;
    if (type !== 'announcement' || nonce !== wanted.nonce || answers !== wanted.answers) {
      throw new CustodyError(
        'signature-wrong',
        'the daemon answered with an announcement of another time or statement: the vault may not have taken it',
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
        `${this.name} has forgotten this vault for good (${fingerprintOf(shown)}): the key that is shown is no longer valid. Stop, and tell the auditor`,
      );
    }
    // Whoever was met first in this line stays who it is.
    const known = this.#identity === undefined ? this.#known : [this.#identity];
    const mayBeNew = this.#identity === undefined && this.#mayMeet;
    if (!mayBeNew && !known.some((one) => Buffer.compare(one, shown) === 0)) {
      const fingerprints = known.map((one) => fingerprintOf(one)).join(' or ');
      throw new CustodyError(
        'signature-wrong',
        `this is not the vault that ${this.name} knows: its fingerprint is ${fingerprintOf(shown)}, not ${fingerprints}. Stop, and tell the auditor; after a quorum adopted a new identity: ramz forget-vault first; only a further daemon on one database is met with --another-vault${this.#rehearsalHint()}`,
      );
    }
    const signed = { statement: Uint8Array.from(announcement), signature: Uint8Array.from(signature) };
    await assertSigned(signed, shown, 'the vault');
  }

  #rehearsalHint(): string {
    const another = ' (another rehearsal, in another data directory, wants new key files)';
    return this.keys.realm === 'test' ? another : '';
  }

  async #assertBelieved(shown: Uint8Array): Promise<void> {
    const isKnown = this.#known.some((one) => Buffer.compare(one, shown) === 0);
    if (this.#identity === undefined && !isKnown && !(await this.#believe(shown, fingerprintOf(shown)))) {
      throw new CustodyError(
        'signature-wrong',
        'the fingerprint of the vault is not the one on its console: stop, and tell the auditor',
      );
    }
    this.#identity = shown;
  }
}

/** Names one proposal or opening, and no other. */
function freshNonce(): string {
  return hexOf(randomSecret(16));
}

/** Plan, roster and session key as this person sees them, as the digest that is confirmed. */
export function rosterSeen({ ceremony }: Announcement): string {
  if (ceremony === null) throw new Error('no ceremony is open');
  const { id, plan, roster, session_key: sessionKey } = ceremony;
  return rosterDigest({ id, plan, roster, sessionKey });
}
