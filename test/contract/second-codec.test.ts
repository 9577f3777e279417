// Another codec reads what the front's codec writes, and the reverse: protobuf-es by its own
// authors, with the contract as `buf` compiles it, against protobufjs with its own parser of the
// contract.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { createFileRegistry, fromBinary, fromJson, type JsonValue, toBinary, toJson } from '@bufbuild/protobuf';
import { FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt';
import { loadSync, type MethodDefinition, type ServiceDefinition } from '@grpc/proto-loader';
import { LOADER_OPTIONS, PROTO_FILES, PROTO_ROOT } from '@ramz/proto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPurpose } from '../../apps/hsm-daemon/src/front/fields/read-purpose.ts';
import { writeVerdict } from '../../apps/hsm-daemon/src/front/verification/verification.mapper.ts';
import { PURPOSES, VERDICT_REASONS } from '../../libs/audit-log/src/entries/words.ts';
import { readBankProfile } from '../../libs/bank-profile/src/bank-profile.ts';
import { profilePath } from '../../libs/bank-profile/src/shipped-profiles.ts';

const service = (name: string) =>
  loadSync([...PROTO_FILES], LOADER_OPTIONS)[`ramz.hsm.v1.${name}`] as ServiceDefinition;
const verify = service('VerificationService')['Verify'] as MethodDefinition<object, object>;
const enrol = service('EnrolmentService')['Enrol'] as MethodDefinition<object, object>;

const BUF = fileURLToPath(import.meta.resolve('@bufbuild/buf/bin/buf'));
const compiled = execFileSync(process.execPath, [BUF, 'build', PROTO_ROOT, '-o', '-'], { maxBuffer: 2 ** 24 });
const registry = createFileRegistry(fromBinary(FileDescriptorSetSchema, compiled));

/** Reads and writes a message of the contract with protobuf-es. */
function second(name: string): { read: (bytes: Buffer) => JsonValue; write: (message: JsonValue) => Buffer } {
  const schema = registry.getMessage(`ramz.hsm.v1.${name}`);
  if (schema === undefined) throw new Error(`the contract has no message ${name}`);
  return {
    read: (bytes) => toJson(schema, fromBinary(schema, bytes), { alwaysEmitImplicit: true }),
    write: (message) => Buffer.from(toBinary(schema, fromJson(schema, message))),
  };
}

/** Converts a message to JSON, with bytes in Base64. */
function asJson(message: object): JsonValue {
  return JSON.parse(
    JSON.stringify(message, (_key, value: unknown) =>
      isBytes(value) ? Buffer.from(value.data).toString('base64') : value,
    ),
  ) as JsonValue;
}

/** What `Buffer.toJSON` makes of bytes before a replacer sees them. */
function isBytes(value: unknown): value is { readonly type: 'Buffer'; readonly data: number[] } {
  return typeof value === 'object' && value !== null && (value as { type?: unknown }).type === 'Buffer';
}

describe('the second codec', () => {
  it('reads every verdict and log index that the mapper writes', () => {
    fc.assert(
      fc.property(fc.constantFrom(...VERDICT_REASONS), fc.maxSafeNat(), fc.boolean(), (reason, logIndex, diagnose) => {
        const wire = writeVerdict({ reason, logIndex, isRepeated: false }, diagnose);
        const expected = { reason: 'VERDICT_REASON_UNSPECIFIED', ...wire };
        expect(second('VerifyResponse').read(verify.responseSerialize(wire))).toEqual(expected);
      }),
    );
  });

  it('writes requests that the front reads unchanged', () => {
    const text = fc.string({ maxLength: 30 });
    const purpose = fc.constantFrom('PURPOSE_FIRST_PIN', 'PURPOSE_SECOND_PIN', 'PURPOSE_UNSPECIFIED');
    const request = fc.record({
      requestId: text,
      cardNumber: text,
      purpose,
      code: text,
      terminalId: text,
      customerNumber: text,
      tokenSerial: text,
      pinBlock: fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes)),
      zone: text,
    });
    fc.assert(
      fc.property(request, (meant) => {
        expect(verify.requestDeserialize(second('VerifyRequest').write(asJson(meant)))).toEqual(meant);
      }),
    );
  });

  it('reads every enrolment that the front writes, with large numbers and bytes', () => {
    const wire = fc.record({
      enrolmentId: fc.stringMatching(/^[0-9a-f]{32}$/),
      generation: fc.nat(2 ** 31 - 1),
      sealedSeed: fc.uint8Array({ minLength: 1, maxLength: 90 }).map((bytes) => Buffer.from(bytes)),
      parameters: fc.record({
        hash: fc.constantFrom('sha1', 'sha256'),
        digits: fc.nat(10),
        periodS: fc.nat(86_400),
        t0S: fc.maxSafeNat().map(String),
        ocraSuite: fc.string({ maxLength: 40 }),
      }),
      logIndex: fc.maxSafeNat().map(String),
    });
    fc.assert(
      fc.property(wire, (meant) => {
        expect(second('EnrolResponse').read(enrol.responseSerialize(meant))).toEqual(asJson(meant));
      }),
    );
  });

  it('has a purpose of the domain for each one of the contract', () => {
    const names = (registry.getEnum('ramz.hsm.v1.Purpose')?.values ?? [])
      .map(({ name }) => name)
      .filter((name) => !name.endsWith('UNSPECIFIED'));
    const all = { ...readBankProfile(profilePath('maskan')), purposeNames: PURPOSES };
    expect(names.map((name) => readPurpose('purpose', name as never, all))).toEqual([...PURPOSES]);
  });
});
