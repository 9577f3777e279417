import { PERSON_ROLES, type PersonRole, SIGNATURE_BYTES, STATEMENT_BYTES_MAX } from '@ramz/custody';
import type {
  WireActRequest,
  WireActResponse,
  WireAnnouncement,
  WireAnnouncementRequest,
  WireMinutes,
  WireMinutesRequest,
} from '@ramz/proto';
import type { ActCommand, AnnouncedReply, MinutesReply } from '../../boundary/commands.ts';
import { ENVELOPE_BYTES_MAX } from '../../boundary/limits.ts';
import type { Caller } from '../access/caller.ts';
import type { Role } from '../access/roles.ts';
import { MalformedRequest } from '../errors/front-errors.ts';
import { readBytes } from '../fields/read-value.ts';

const NONCE_BYTES = 16;

/** @throws MalformedRequest */
export function readNonce({ nonce }: WireAnnouncementRequest): string {
  return Buffer.from(readBytes('nonce', nonce, NONCE_BYTES, NONCE_BYTES)).toString('hex');
}

/** @throws MalformedRequest */
export function readAct(wire: WireActRequest, { name, role }: Caller): ActCommand {
  return {
    kind: 'act',
    caller: name,
    role: personRole(role),
    statement: readBytes('statement', wire.statement, 2, STATEMENT_BYTES_MAX),
    signature: readBytes('signature', wire.signature, SIGNATURE_BYTES, SIGNATURE_BYTES),
    attachment: readBytes('envelope', wire.envelope, 0, ENVELOPE_BYTES_MAX),
  };
}

/** @throws MalformedRequest */
export function readCeremony({ ceremony }: WireMinutesRequest): string {
  if (!/^[0-9a-f]{32}$/.test(ceremony)) throw new MalformedRequest('ceremony', 'must be 32 hexadecimal digits');
  return ceremony;
}

export function writeAnnouncement({ announcement, signature, identity }: AnnouncedReply): WireAnnouncement {
  return {
    announcement: Buffer.from(announcement),
    signature: Buffer.from(signature),
    identity: Buffer.from(identity),
  };
}

export function writeAct(reply: AnnouncedReply): WireActResponse {
  return {
    announcement: writeAnnouncement(reply),
    envelope: Buffer.from(reply.attachment),
    logSize: String(reply.logSize),
  };
}

export function writeMinutes({ minutes, signature, identity, signed }: MinutesReply): WireMinutes {
  return {
    minutes: Buffer.from(minutes),
    signature: Buffer.from(signature),
    identity: Buffer.from(identity),
    signed: signed.map((one) => ({ statement: Buffer.from(one.statement), signature: Buffer.from(one.signature) })),
  };
}

/** Admission admits no other role: anything else is a broken invariant. */
function personRole(role: Role): PersonRole {
  const found = PERSON_ROLES.find((roleOfPerson) => roleOfPerson === role);
  if (found === undefined) throw new Error(`role ${role} came to a ceremony`);
  return found;
}
