import type { PeerCertificate } from 'node:tls';
import { CHANNELS, type Channel } from '../../boundary/commands.ts';
import { NAME_CHARS_MAX } from '../../boundary/limits.ts';
import { AccessRefused } from './access-refused.ts';
import type { AnyCall } from './connection-of.ts';
import { ROLES, type Role } from './roles.ts';

/** Who calls: everything here was signed into the certificate by the bank's own authority. */
export interface Caller {
  readonly name: string;
  readonly role: Role;
  /** Set for role `channel` only. */
  readonly channel: Channel | undefined;
  /** May hear the exact reason of a verdict (D-14). */
  readonly diagnose: boolean;
}

export type ChannelCaller = Caller & { readonly channel: Channel };

/** Names in a certificate's alternative names: `urn:ramz:<realm>:<what>:<value>`. */
export function certificateName(realm: string, what: 'role' | 'channel' | 'right', value: string): string {
  return `urn:ramz:${realm}:${what}:${value}`;
}

/** @throws AccessRefused when the certificate names no role of this realm */
export function callerOf(call: AnyCall, realm: string): Caller {
  const certificate = call.getAuthContext().sslPeerCertificate;
  if (certificate === undefined) throw new AccessRefused('a client certificate is needed');
  return callerFrom(certificate, realm);
}

export function callerFrom(certificate: Pick<PeerCertificate, 'subject' | 'subjectaltname'>, realm: string): Caller {
  const names = (certificate.subjectaltname ?? '').split(', ');
  const named = <T extends string>(what: 'role' | 'channel' | 'right', values: readonly T[]): T | undefined =>
    only(values.filter((value) => names.includes(`URI:${certificateName(realm, what, value)}`)));
  const { CN: name } = certificate.subject;
  const role = named('role', ROLES);
  const channel = named('channel', CHANNELS);
  if (role === undefined) throw new AccessRefused(`the certificate names no role of the ${realm} realm`);
  if (typeof name !== 'string' || name.length > NAME_CHARS_MAX || !/^[\x20-\x7e]+$/.test(name)) {
    throw new AccessRefused(`the certificate's common name must be 1 to ${NAME_CHARS_MAX} printable ASCII characters`);
  }
  if ((role === 'channel') !== (channel !== undefined)) {
    throw new AccessRefused('a certificate names a channel if, and only if, its role is channel');
  }
  return { name, role, channel, diagnose: named('right', ['diagnose']) !== undefined };
}

/** One certificate, one role and one channel: two would leave it to us which of them counts. */
function only<T>(found: readonly T[]): T | undefined {
  if (found.length > 1) throw new AccessRefused('the certificate names two roles, or two channels');
  return found[0];
}
