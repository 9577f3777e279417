import type { BankProfile } from '@ramz/bank-profile';
import type { WireCodeParameters, WireEnrolRequest, WireEnrolResponse } from '@ramz/proto';
import type { EnrolCommand, EnrolReply } from '../../boundary/commands.ts';
import { SERIAL_CHARS_MAX } from '../../boundary/limits.ts';
import type { CodeParameters } from '../../boundary/views.ts';
import { readPurpose } from '../fields/read-purpose.ts';
import { readSubject } from '../fields/read-subject.ts';
import { readName, readPublicKey } from '../fields/read-value.ts';

/** @throws MalformedRequest */
export function readEnrol(wire: WireEnrolRequest, caller: string, profile: BankProfile): EnrolCommand {
  const purpose = readPurpose('purpose', wire.purpose, profile);
  return {
    kind: 'enrol',
    caller,
    subjectName: readSubject('', wire, purpose, profile),
    purpose,
    tokenSerial: readName('token_serial', wire.tokenSerial, SERIAL_CHARS_MAX),
    tokenPublicKey: readPublicKey('token_public_key', wire.tokenPublicKey),
  };
}

export function writeEnrolled(reply: EnrolReply): WireEnrolResponse {
  const { enrolmentId, generation, sealedSeed, parameters, logIndex } = reply;
  return {
    enrolmentId,
    generation,
    sealedSeed: Buffer.from(sealedSeed),
    parameters: writeParameters(parameters),
    logIndex: String(logIndex),
  };
}

export function writeParameters(parameters: CodeParameters): WireCodeParameters {
  const { hash, digits, periodSeconds, t0Seconds, ocraSuite } = parameters;
  return { hash, digits, periodS: periodSeconds, t0S: String(t0Seconds), ocraSuite };
}
