import type { WireEnrolRequest, WireEnrolResponse } from '@ramz/proto';
import type { EnrolCommand, EnrolReply } from '../../boundary/commands.ts';
import { SERIAL_CHARS_MAX } from '../../boundary/limits.ts';
import type { BankProfile } from '../../config/bank-profile.ts';
import { readName, readPublicKey } from '../rpc/read-name.ts';
import { readPurpose } from '../rpc/read-purpose.ts';
import { readSubject } from '../rpc/read-subject.ts';

/** @throws MalformedRequest */
export function readEnrol(wire: WireEnrolRequest, caller: string, profile: BankProfile): EnrolCommand {
  const purpose = readPurpose('purpose', wire.purpose, profile);
  return {
    kind: 'enrol',
    caller,
    subject_name: readSubject('', wire, purpose, profile),
    purpose,
    token_serial: readName('token_serial', wire.tokenSerial, SERIAL_CHARS_MAX),
    token_public_key: readPublicKey('token_public_key', wire.tokenPublicKey),
  };
}

export function writeEnrolled(reply: EnrolReply): WireEnrolResponse {
  const { enrolment_id, generation, sealed_seed, parameters, log_index } = reply;
  const { hash, digits, period_s, t0_s, ocra_suite } = parameters;
  return {
    enrolmentId: enrolment_id,
    generation,
    sealedSeed: Buffer.from(sealed_seed),
    parameters: { hash, digits, periodS: period_s, t0S: String(t0_s), ocraSuite: ocra_suite },
    logIndex: String(log_index),
  };
}
