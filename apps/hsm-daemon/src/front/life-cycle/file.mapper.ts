import type { AccountKind, PersonKind } from '@ramz/audit-log';
import type {
  WireAccountKind,
  WireFileResponse,
  WirePersonKind,
  WirePlaceStatus,
  WirePlaceView,
  WirePurpose,
} from '@ramz/proto';
import type { FileReply, PlaceView } from '../../boundary/life-cycle-commands.ts';
import { MalformedRequest } from '../errors/front-errors.ts';

const PERSON_KINDS: Readonly<Record<PersonKind, WirePersonKind>> = {
  natural: 'PERSON_KIND_NATURAL',
  legal: 'PERSON_KIND_LEGAL',
};
const ACCOUNT_KINDS: Readonly<Record<AccountKind, WireAccountKind>> = {
  single: 'ACCOUNT_KIND_SINGLE',
  joint: 'ACCOUNT_KIND_JOINT',
};
const STATUSES: Readonly<Record<PlaceView['status'], WirePlaceStatus>> = {
  none: 'PLACE_STATUS_UNSPECIFIED',
  active: 'PLACE_STATUS_ACTIVE',
  locked: 'PLACE_STATUS_LOCKED',
  deactivated: 'PLACE_STATUS_DEACTIVATED',
  blocked: 'PLACE_STATUS_BLOCKED',
  void: 'PLACE_STATUS_VOID',
};
/** The purposes of the contract, by the vault's word for each. */
export const PURPOSES_SENT: Readonly<Record<PlaceView['purpose'], WirePurpose>> = {
  'first-pin': 'PURPOSE_FIRST_PIN',
  'second-pin': 'PURPOSE_SECOND_PIN',
  'channel-login': 'PURPOSE_CHANNEL_LOGIN',
  'transaction-signature': 'PURPOSE_TRANSACTION_SIGNATURE',
};

/** @throws MalformedRequest */
export function readPersonKind(wire: string): PersonKind {
  return keyOf('person_kind', PERSON_KINDS, wire);
}

/** @throws MalformedRequest */
export function readAccountKind(wire: string): AccountKind {
  return keyOf('account_kind', ACCOUNT_KINDS, wire);
}

export function writeFile(reply: FileReply): WireFileResponse {
  return {
    known: reply.isKnown,
    reference: reply.reference,
    hasNumber: reply.hasNumber,
    staticSecondPin: reply.isStaticSecondPinOn,
    closed: reply.isClosed,
    permissions: reply.permissions.map(({ personKind, accountKind, branch, issuedAtMs }) => ({
      personKind: PERSON_KINDS[personKind],
      accountKind: ACCOUNT_KINDS[accountKind],
      branch,
      issuedAtMs: String(issuedAtMs),
    })),
    places: reply.places.map(writePlace),
    codeUntilMs: String(reply.codeUntilMs),
  };
}

export function writePlace({ purpose, status, tokens }: PlaceView): WirePlaceView {
  return {
    purpose: PURPOSES_SENT[purpose],
    status: STATUSES[status],
    tokens: tokens.map(({ serial, isLost }) => ({ serial, lost: isLost })),
  };
}

function keyOf<K extends string>(field: string, names: Readonly<Record<K, string>>, wire: string): K {
  const found = (Object.keys(names) as K[]).find((key) => names[key] === wire);
  if (found === undefined) throw new MalformedRequest(field, `must be ${Object.values(names).join(' or ')}`);
  return found;
}
