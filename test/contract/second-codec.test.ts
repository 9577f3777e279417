// What the front's codec writes, another one reads the same, and the reverse: protobufjs 8 with its own
// parser of the contract against the older protobufjs inside proto-loader.
import { loadSync, type MethodDefinition, type ServiceDefinition } from '@grpc/proto-loader';
import { LOADER_OPTIONS, PROTO_FILES, PROTO_ROOT } from '@ramz/proto';
import fc from 'fast-check';
import protobuf from 'protobufjs';
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

const root = new protobuf.Root();
root.resolvePath = (_origin, target) => `${PROTO_ROOT}${target}`;
root.loadSync([...PROTO_FILES]);
const second = (name: string) => root.lookupType(`ramz.hsm.v1.${name}`);
const OBJECT = { longs: String, enums: String, defaults: true } as const;

describe('the second codec', () => {
  it('reads every verdict and log index that the mapper writes', () => {
    fc.assert(
      fc.property(fc.constantFrom(...VERDICT_REASONS), fc.maxSafeNat(), fc.boolean(), (reason, logIndex, diagnose) => {
        const wire = writeVerdict({ reason, logIndex, isRepeated: false }, diagnose);
        const read = second('VerifyResponse').decode(verify.responseSerialize(wire));
        const expected = { reason: 'VERDICT_REASON_UNSPECIFIED', ...wire };
        expect(second('VerifyResponse').toObject(read, OBJECT)).toEqual(expected);
      }),
    );
  });

  it('writes requests that the front reads as they were meant', () => {
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
        const type = second('VerifyRequest');
        const bytes = Buffer.from(type.encode(type.fromObject(meant)).finish());
        expect(verify.requestDeserialize(bytes)).toEqual(meant);
      }),
    );
  });

  it('reads every enrolment that is written, large numbers and bytes included', () => {
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
        const read = second('EnrolResponse').toObject(
          second('EnrolResponse').decode(enrol.responseSerialize(meant)),
          OBJECT,
        );
        expect({ ...read, sealedSeed: Buffer.from(read['sealedSeed'] as Uint8Array) }).toEqual(meant);
      }),
    );
  });

  it('every purpose of the contract is one of the domain', () => {
    const names = Object.keys(root.lookupEnum('ramz.hsm.v1.Purpose').values).filter(
      (name) => !name.endsWith('UNSPECIFIED'),
    );
    const all = { ...readBankProfile(profilePath('maskan')), purposeNames: PURPOSES };
    expect(names.map((name) => readPurpose('purpose', name as never, all))).toEqual([...PURPOSES]);
  });
});
