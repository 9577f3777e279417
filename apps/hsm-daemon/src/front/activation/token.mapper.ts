import type {
  WireActivatedPurpose,
  WireActivationKeyResponse,
  WireCompleteActivationRequest,
  WireCompleteActivationResponse,
  WireDeleteTokenRequest,
  WireTokenProof,
  WireTokenStateRequest,
  WireTokenStateResponse,
} from '@ramz/proto';
import type {
  ActivatedPurpose,
  ActivationKeyReply,
  CompleteActivationCommand,
  CompletionReply,
  DeleteTokenCommand,
  TokenProof,
  TokenStateCommand,
  TokenStateReply,
} from '../../boundary/activation-commands.ts';
import { ADDRESS_CHARS_MAX, SEALED_CODES_BYTES } from '../../boundary/limits.ts';
import type { Caller } from '../access/caller.ts';
import { writeParameters } from '../enrolment/enrolment.mapper.ts';
import { MalformedRequest } from '../errors/front-errors.ts';
import { readCardOrCustomer } from '../fields/read-subject.ts';
import { readBytes, readIndex, readName } from '../fields/read-value.ts';
import { readAsked } from '../life-cycle/act.mapper.ts';
import { PURPOSES_SENT, writePlace } from '../life-cycle/file.mapper.ts';

const MAC_BYTES = 32;

/** @throws MalformedRequest */
export function readCompletion(wire: WireCompleteActivationRequest, caller: Caller): CompleteActivationCommand {
  return {
    kind: 'complete-activation',
    ...readAsked(wire, caller),
    epoch: wire.epoch,
    sealedCodes: readBytes('sealed_codes', wire.sealedCodes, SEALED_CODES_BYTES, SEALED_CODES_BYTES),
  };
}

/** @throws MalformedRequest */
export function readAddress(address: string): string {
  return address === '' ? '' : readName('address', address, ADDRESS_CHARS_MAX);
}

/** @throws MalformedRequest */
export function readDeletion({ requestId, token }: WireDeleteTokenRequest, caller: Caller): DeleteTokenCommand {
  const proof = givenToken(token);
  return { kind: 'delete-token', ...readAsked({ requestId, ...proof }, caller), token: readProof(proof) };
}

/** @throws MalformedRequest */
export function readTokenState({ token }: WireTokenStateRequest, { name }: Caller): TokenStateCommand {
  const proof = givenToken(token);
  return { kind: 'token-state', caller: name, subjectName: readCardOrCustomer(proof), token: readProof(proof) };
}

function givenToken(token: WireTokenProof | null): WireTokenProof {
  if (token === null) throw new MalformedRequest('token', 'is missing');
  return token;
}

function readProof({ enrolmentId, minute, mac }: WireTokenProof): TokenProof {
  if (!/^[0-9a-f]{32}$/.test(enrolmentId)) {
    throw new MalformedRequest('token.enrolment_id', 'must be 32 hexadecimal digits in small letters');
  }
  return {
    enrolmentId,
    minute: readIndex('token.minute', minute),
    mac: readBytes('token.mac', mac, MAC_BYTES, MAC_BYTES),
  };
}

/** A refusal is always these bytes. */
export function writeCompletion({ isActivated, purposes, atMs }: CompletionReply): WireCompleteActivationResponse {
  if (!isActivated) return { outcome: 'COMPLETION_OUTCOME_REFUSED' };
  return { outcome: 'COMPLETION_OUTCOME_ACTIVATED', purposes: purposes.map(writePurpose), atMs: String(atMs) };
}

function writePurpose(one: ActivatedPurpose): WireActivatedPurpose {
  return {
    purpose: PURPOSES_SENT[one.purpose],
    enrolmentId: one.enrolmentId,
    generation: one.generation,
    sealedSeed: Buffer.from(one.sealedSeed),
    parameters: writeParameters(one.parameters),
  };
}

export function writeTokenState({ places, atMs }: TokenStateReply): WireTokenStateResponse {
  return { known: places.length > 0, places: places.map(writePlace), atMs: String(atMs) };
}

export function writeActivationKey(reply: ActivationKeyReply): WireActivationKeyResponse {
  const { publicKey, epoch, signature, atMs } = reply;
  return { publicKey: Buffer.from(publicKey), epoch, signature: Buffer.from(signature), atMs: String(atMs) };
}
