import { type Announcement, canonicalBytes, type DaemonState, hexOf } from '@ramz/custody';
import type { AnnouncedReply } from '../../../boundary/commands.ts';
import { auditKeyOf, type StoredKeys } from '../../store/ledger.ts';
import type { VaultPorts } from '../batch/ports.ts';
import type { CustodyDesk } from './custody-desk.ts';

/**
 * What an announcement answers: a query, by its nonce, or a statement. A front cannot pass one off
 * as the other.
 */
export type Occasion = { readonly nonce: string } | { readonly answers: string };

/**
 * Returns what everyone may know, signed. People read it aloud, compare it, and trust it only with
 * the right fingerprint.
 */
export async function announce(
  occasion: Occasion,
  state: DaemonState,
  desk: CustodyDesk,
  ports: Pick<VaultPorts, 'ledger' | 'identity' | 'profile' | 'realm' | 'nowMs'>,
): Promise<Omit<AnnouncedReply, 'attachment' | 'logSize'>> {
  const { ledger, profile, realm, identity } = ports;
  const stored = ledger.keys;
  const atMs = ports.nowMs();
  const body: Announcement = {
    type: 'announcement',
    nonce: '',
    answers: '',
    ...occasion,
    session: desk.session,
    realm,
    bank: profile.name,
    state,
    at_ms: atMs,
    log_size: ledger.logSize,
    ceremony: desk.ceremony.view(),
    proposals: desk.proposals(),
    ...sharesInForce(stored),
  };
  const announcement = canonicalBytes(body);
  const signature = await identity.sign(announcement);
  return { kind: 'announced', announcement, signature, identity: identity.publicKey };
}

function sharesInForce(
  stored: StoredKeys | undefined,
): Pick<
  Announcement,
  'persons' | 'holders' | 'scheme' | 'share_identifier' | 'threshold' | 'quorum' | 'root_key_kcv' | 'audit_key'
> {
  if (stored === undefined) {
    return {
      persons: [],
      holders: [],
      scheme: 'slip39',
      share_identifier: 0,
      threshold: 0,
      quorum: null,
      root_key_kcv: '',
      audit_key: '',
    };
  }
  const { holders, scheme, identifier, threshold } = stored.shares;
  return {
    persons: stored.persons,
    holders,
    scheme,
    share_identifier: identifier,
    threshold,
    quorum: stored.quorum,
    root_key_kcv: stored.root.kcv,
    audit_key: hexOf(auditKeyOf(stored)),
  };
}
