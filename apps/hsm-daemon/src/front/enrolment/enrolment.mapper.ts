import type { WireEnrolRequest, WireEnrolResponse } from '@ramz/proto';
import type { EnrolCommand, EnrolReply } from '../../boundary/commands.ts';
import { SERIAL_CHARS_MAX } from '../../boundary/limits.ts';
import { readCardNumber } from '../rpc/read-card-number.ts';
import { readName, readPublicKey } from '../rpc/read-name.ts';
import { readPurpose } from '../rpc/read-purpose.ts';

/** @throws MalformedRequest */
export function readEnrol(wire: WireEnrolRequest, caller: string): EnrolCommand {
  return {
    kind: 'enrol',
    caller,
    card_number: readCardNumber('card_number', wire.cardNumber),
    purpose: readPurpose('purpose', wire.purpose),
    token_serial: readName('token_serial', wire.tokenSerial, SERIAL_CHARS_MAX),
    token_public_key: readPublicKey('token_public_key', wire.tokenPublicKey),
  };
}

export function writeEnrolled(reply: EnrolReply): WireEnrolResponse {
  const { enrolment_id, generation, sealed_seed, parameters, log_index } = reply;
  const { hash, digits, period_s, t0_s } = parameters;
  return {
    enrolmentId: enrolment_id,
    generation,
    sealedSeed: Buffer.from(sealed_seed),
    parameters: { hash, digits, periodS: period_s, t0S: String(t0_s) },
    logIndex: String(log_index),
  };
}
