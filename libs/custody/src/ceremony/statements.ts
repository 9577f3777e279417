// The statements that people sign. Each is canonical JSON (RFC 8785), signed with one person's own
// key, so the front can carry it but can neither make nor change one.
import type { SchemeName } from '../sharing/sharing-scheme.ts';
import type { CeremonyKind, Operation, PersonRole, Quorum } from './quorum.ts';

/** A participant, with their own public keys: Ed25519 and X25519, in hexadecimal. */
export interface Person {
  readonly name: string;
  readonly role: PersonRole;
  readonly signing_key: string;
  readonly sealing_key: string;
}

/** The plan of a ceremony. Kinds that keep the shares repeat their scheme and threshold. */
export interface CeremonyPlan {
  readonly kind: CeremonyKind;
  readonly scheme: SchemeName;
  readonly threshold: number;
  /** Names of the participants; in ceremonies that make shares, each gets one. */
  readonly custodians: readonly string[];
}

export const KEY_STATES = ['pre-activation', 'active', 'suspended', 'deactivated', 'compromised', 'destroyed'] as const;
/** NIST SP 800-57 part 1, 7. */
export type KeyState = (typeof KEY_STATES)[number];

/** A sensitive command, exactly as it will run. */
export type SensitiveCommand =
  | { readonly name: 'open-ceremony'; readonly plan: CeremonyPlan }
  | { readonly name: 'seal' }
  | { readonly name: 'zeroise' }
  | { readonly name: 'accept-clock' }
  | { readonly name: 'set-quorum'; readonly quorum: Quorum }
  | { readonly name: 'add-person'; readonly person: Person }
  | { readonly name: 'remove-person'; readonly person: string }
  | {
      readonly name: 'export-zone-key';
      readonly zone: string;
      readonly recipient: string;
      /** Of the AES key; 256 when it is not said. */
      readonly bits?: 128 | 192 | 256 | undefined;
    }
  | { readonly name: 'block-caller'; readonly caller: string }
  | { readonly name: 'unblock-caller'; readonly caller: string }
  | { readonly name: 'adopt-identity'; readonly identity: string }
  | { readonly name: 'lift-locks'; readonly caller: string; readonly since_ms: number }
  | { readonly name: 'set-key-state'; readonly key: 'seed-master'; readonly version: number; readonly state: KeyState };

/** The speaker, and the realm. */
interface Spoken {
  readonly realm: 'test' | 'live';
  readonly by: string;
}

/** Valid only in the run of the vault that `session` names. */
interface InSession extends Spoken {
  readonly session: string;
}

/** A command as approvers sign it: counted once, with an expiry and a number of uses. */
interface Approvable extends InSession {
  readonly command: SensitiveCommand;
  readonly nonce: string;
  readonly expires_at_ms: number;
  readonly uses: number;
}

interface InCeremony extends Spoken {
  readonly ceremony: string;
}

/** Names the attached envelope by its SHA-256. */
interface WithEnvelope extends InCeremony {
  readonly envelope: string;
}

export type Statement =
  | (InSession & {
      readonly type: 'open';
      readonly plan: CeremonyPlan;
      readonly person: Person;
      readonly nonce: string;
    })
  | (Approvable & { readonly type: 'propose' })
  | (Approvable & { readonly type: 'approve' })
  | (InSession & { readonly type: 'repeat'; readonly nonce: string; readonly use: number })
  | (InCeremony & { readonly type: 'join'; readonly person: Person })
  | (InCeremony & { readonly type: 'confirm'; readonly roster: string })
  | (InCeremony & { readonly type: 'commit'; readonly commitment: string })
  | (WithEnvelope & { readonly type: 'reveal' })
  | (WithEnvelope & { readonly type: 'give' })
  | (InCeremony & { readonly type: 'collect' })
  | (WithEnvelope & { readonly type: 'prove' })
  | (InCeremony & { readonly type: 'finalise' })
  | (InCeremony & { readonly type: 'abort'; readonly reason: string })
  | (InCeremony & { readonly type: 'sign-minutes'; readonly minutes: string });
export type StatementOf<T extends Statement['type']> = Extract<Statement, { type: T }>;

export function operationOf(command: SensitiveCommand): Operation {
  if (command.name !== 'open-ceremony') return command.name;
  const { kind } = command.plan;
  // The first ceremony is opened by `open`: before it there is no one to approve.
  if (kind === 'initialise') throw new RangeError('the first ceremony is opened, not proposed');
  return `open-ceremony:${kind}`;
}
