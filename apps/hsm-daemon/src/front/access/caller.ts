import type { PeerCertificate } from 'node:tls';
import { CHANNELS, type Channel } from '@ramz/audit-log';
import { NAME_CHARS_MAX } from '@ramz/custody';
import { BRANCH_CHARS_MAX } from '../../boundary/limits.ts';
import { type CallerCertificate, certificateOf } from '../connections/caller-certificate.ts';
import type { AnyCall } from '../connections/connection-of.ts';
import { AccessRefused } from '../errors/front-errors.ts';
import { ROLES, type Role } from './roles.ts';

/** The caller of an RPC. The bank's own authority signed everything here into its certificate. */
export interface Caller {
  readonly name: string;
  readonly role: Role;
  /** Set for role `channel` only. */
  readonly channel: Channel | undefined;
  /** May get the exact reason of a verdict (D-14). */
  readonly diagnose: boolean;
  /** May resynchronise a token backward, to codes of past steps. */
  readonly resyncBack: boolean;
  /** May speak for any branch: a central branch system. */
  readonly anyBranch: boolean;
  /** The bank's branch that it is; only with channel branch. */
  readonly branch: string | undefined;
  /**
   * Owner of its request ids. Several servers of one bank share a group if their certificates say
   * so.
   */
  readonly group: string;
  readonly certificate: CallerCertificate;
}

export type ChannelCaller = Caller & { readonly channel: Channel };

const RIGHTS = ['diagnose', 'resynchronise-back', 'any-branch'] as const;
export type Right = (typeof RIGHTS)[number];
/** RFC 5280, 4.2.1.12: for TLS clients. */
const CLIENT_AUTH = '1.3.6.1.5.5.7.3.2';

/** Returns a name for a certificate's alternative names: `urn:ramz:<realm>:<what>:<value>`. */
export function certificateName(
  realm: string,
  what: 'role' | 'channel' | 'right' | 'group' | 'branch',
  value: string,
): string {
  return `urn:ramz:${realm}:${what}:${value}`;
}

/** @throws AccessRefused when the certificate names no role of this realm */
export function callerOf(call: AnyCall, realm: string): Caller {
  const certificate = call.getAuthContext().sslPeerCertificate;
  if (certificate === undefined) throw new AccessRefused('a client certificate is needed');
  return { ...callerFrom(certificate, realm), certificate: certificateOf(certificate) };
}

/** Reads the caller from the names in a certificate. */
export function callerFrom(
  certificate: Pick<PeerCertificate, 'subject' | 'subjectaltname' | 'ext_key_usage'>,
  realm: string,
): Omit<Caller, 'certificate'> {
  const names = (certificate.subjectaltname ?? '').split(', ');
  const has = (what: 'role' | 'channel' | 'right', value: string) =>
    names.includes(`URI:${certificateName(realm, what, value)}`);
  const named = <T extends string>(what: 'role' | 'channel', values: readonly T[]): T | undefined =>
    only(values.filter((value) => has(what, value)));
  if (certificate.ext_key_usage?.includes(CLIENT_AUTH) !== true)
    throw new AccessRefused('the certificate is not for TLS clients: its extended key usage must have clientAuth');
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
  const [diagnose, resyncBack, anyBranch] = RIGHTS.map((right) => has('right', right)) as [boolean, boolean, boolean];
  const branch = branchIn(names, realm, channel, anyBranch);
  const group = valueIn(names, realm, 'group', NAME_CHARS_MAX) ?? name;
  return { name, role, channel, diagnose, resyncBack, anyBranch, branch, group };
}

/** Returns the branch that a caller is; it needs the channel branch (S-18). */
function branchIn(
  names: readonly string[],
  realm: string,
  channel: Channel | undefined,
  anyBranch: boolean,
): string | undefined {
  const branch = valueIn(names, realm, 'branch', BRANCH_CHARS_MAX);
  if (channel === 'branch' || (branch === undefined && !anyBranch)) return branch;
  throw new AccessRefused('a certificate names a branch only with the channel branch');
}

function valueIn(
  names: readonly string[],
  realm: string,
  what: 'group' | 'branch',
  charsMax: number,
): string | undefined {
  const begin = `URI:${certificateName(realm, what, '')}`;
  const value = only(names.flatMap((name) => (name.startsWith(begin) ? [name.slice(begin.length)] : [])));
  if (value === undefined || (value.length <= charsMax && /^[a-z0-9][a-z0-9.-]*$/.test(value))) return value;
  throw new AccessRefused(`a ${what} is 1 to ${charsMax} small letters, digits, dots and dashes`);
}

/** One certificate has one role and one channel. With two it would be up to us which one counts. */
function only<T>(found: readonly T[]): T | undefined {
  if (found.length > 1) throw new AccessRefused('the certificate names two roles, channels, branches or groups');
  return found[0];
}
