import type { WireGiveShareRequest, WireInitialiseRequest, WireInitialiseResponse } from '@ramz/proto';
import type { GiveShareCommand, InitialiseCommand, InitialiseReply } from '../../boundary/commands.ts';
import { CUSTODIANS_MAX, NAME_CHARS_MAX } from '../../boundary/limits.ts';
import { MalformedRequest } from '../rpc/malformed-request.ts';
import { readName, readPublicKey } from '../rpc/read-name.ts';

/** A share of a 256-bit key in its envelope has under 100 bytes; nothing larger is one. */
const ENVELOPE_BYTES_MAX = 512;

/** @throws MalformedRequest */
export function readInitialise(wire: WireInitialiseRequest, caller: string): InitialiseCommand {
  if (wire.custodians.length < 1 || wire.custodians.length > CUSTODIANS_MAX) {
    throw new MalformedRequest('custodians', `must be 1 to ${CUSTODIANS_MAX}`);
  }
  const custodians = wire.custodians.map(({ name, publicKey }, i) => ({
    name: readName(`custodians[${i}].name`, name, NAME_CHARS_MAX),
    public_key: readPublicKey(`custodians[${i}].public_key`, publicKey),
  }));
  return { kind: 'initialise', caller, threshold: wire.threshold, custodians };
}

export function writeInitialised({ shares, root_key_kcv, log_index }: InitialiseReply): WireInitialiseResponse {
  return {
    shares: shares.map(({ custodian, envelope }) => ({ custodian, envelope: Buffer.from(envelope) })),
    rootKeyKcv: root_key_kcv,
    logIndex: String(log_index),
  };
}

/** @throws MalformedRequest */
export function readGiveShare(wire: WireGiveShareRequest, caller: string): GiveShareCommand {
  if (wire.envelope.length < 1 || wire.envelope.length > ENVELOPE_BYTES_MAX) {
    throw new MalformedRequest('envelope', `must be 1 to ${ENVELOPE_BYTES_MAX} bytes`);
  }
  const custodian = readName('custodian', wire.custodian, NAME_CHARS_MAX);
  return { kind: 'give-share', caller, custodian, envelope: Uint8Array.from(wire.envelope) };
}
