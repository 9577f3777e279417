import type {
  DeleteTokenCommand,
  DeletionReply,
  TokenStateCommand,
  TokenStateReply,
} from '../../../boundary/activation-commands.ts';
import type { PlaceView } from '../../../boundary/life-cycle-commands.ts';
import { subjectOf } from '../../crypto/keyed-digests.ts';
import { isSameSerial } from '../../domain/enrolment/enrolment.ts';
import type { Draft } from '../batch/batch.ts';
import { standingAt } from '../batch/places.ts';
import type { OpenKeys } from '../keys/open-keys.ts';
import {
  type ActPorts,
  askedAct,
  enrolmentsAt,
  entryOf,
  purposesOfSubject,
  voidedHere,
} from '../life-cycle/asked-act.ts';
import { assertMayAct } from '../life-cycle/assert-may-act.ts';
import { evenOutFiles } from '../life-cycle/even-out-files.ts';
import { formerAct } from '../life-cycle/run-act.ts';
import { provenToken, type SubjectPlaces } from './prove-token.ts';

/**
 * Makes a token void that its owner deletes in the app (D-9, M-44), in all its purposes. The static
 * PIN stays off until an ATM says otherwise.
 * @throws Fault, RowBroken
 */
export function deleteToken(command: DeleteTokenCommand, draft: Draft, keys: OpenKeys, ports: ActPorts): DeletionReply {
  assertMayAct(command, draft, ports);
  const asked = askedAct(command, draft, keys, ports);
  evenOutFiles(asked, draft, keys, ports);
  if (formerAct(asked, draft)?.outcome === 'done') return { kind: 'deleted', isDeleted: true };
  const { subject, purposes } = asked;
  const serial = provenToken('delete', command.token, { subject, purposes }, draft, keys, ports);
  if (serial === undefined) {
    draft.record(entryOf(asked, draft, { outcome: 'no-such-token', purposes: [] }));
    return { kind: 'deleted', isDeleted: false };
  }
  const touched = purposes.filter((purpose) => hasToken(serial, { subject, purposes: [purpose] }, draft));
  const ended = tokensOf(serial, { subject, purposes }, draft).map(({ id }) => id);
  draft.record(entryOf(asked, draft, { purposes: touched, enrolments: ended, ...voidedHere(ended.length) }));
  return { kind: 'deleted', isDeleted: true };
}

/** Says how a token stands that proves itself. Changes nothing. */
export function tokenState(
  { subjectName, token }: TokenStateCommand,
  draft: Draft,
  keys: OpenKeys,
  ports: ActPorts,
): TokenStateReply {
  const subject = subjectOf(keys.keyring.cardIndex, subjectName);
  const of = { subject, purposes: purposesOfSubject(subjectName, ports.profile) };
  const serial = provenToken('state', token, of, draft, keys, ports);
  const held =
    serial === undefined ? [] : of.purposes.filter((one) => hasToken(serial, { subject, purposes: [one] }, draft));
  const places = held.map((purpose): PlaceView => {
    const { status = 'none', enrolments = [] } = standingAt(draft.place(subject, purpose)) ?? {};
    const own = enrolments.filter(({ tokenSerial }) => isSameSerial(tokenSerial, serial ?? ''));
    const tokens = own.map(({ tokenSerial, isLost = false }) => ({ serial: tokenSerial, isLost }));
    return { purpose, status, tokens };
  });
  return { kind: 'token-state', places, atMs: draft.nowMs };
}

function tokensOf(serial: string, { subject, purposes }: SubjectPlaces, draft: Draft) {
  return enrolmentsAt(subject, purposes, draft).filter(({ tokenSerial }) => isSameSerial(tokenSerial, serial));
}

function hasToken(serial: string, of: SubjectPlaces, draft: Draft): boolean {
  return tokensOf(serial, of, draft).length > 0;
}
