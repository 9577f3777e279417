import { loadSync, type MethodDefinition, type ServiceDefinition } from '@grpc/proto-loader';
import { LOADER_OPTIONS, PROTO_FILES } from '@ramz/proto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { USUAL_FORMS, type UsualForm } from './usual-forms.ts';
import { PURPOSES_BY_NUMBER } from './usual-requests.ts';
import { REASON_NUMBERS, VERDICT_NUMBERS } from './usual-responses.ts';

const contract = loadSync([...PROTO_FILES], LOADER_OPTIONS);
const service = contract['ramz.hsm.v1.VerificationService'] as ServiceDefinition;

function methodOf(name: string): { library: MethodDefinition<object, object>; usual: UsualForm } {
  const library = service[name] as MethodDefinition<object, object>;
  return { library, usual: USUAL_FORMS.get(library.path) as UsualForm };
}

function numbersOf(name: string): Record<string, number> {
  const { type } = contract[`ramz.hsm.v1.${name}`] as unknown as {
    type: { value: readonly { name: string; number: number }[] };
  };
  return Object.fromEntries(type.value.map((one) => [one.name, one.number]));
}

// Short ASCII text as is usual; and long text, or other letters.
const text = fc.oneof(
  { weight: 4, arbitrary: fc.stringMatching(/^[ -~]{0,64}$/) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 200 }) },
);
const request = fc.record(
  {
    requestId: text,
    cardNumber: text,
    purpose: fc.constantFrom(...PURPOSES_BY_NUMBER),
    code: text,
    terminalId: text,
    customerNumber: text,
    tokenSerial: text,
    pinBlock: fc.uint8Array({ maxLength: 16 }).map((bytes) => Buffer.from(bytes)),
    zone: text,
  },
  { requiredKeys: [] },
);
const response = fc.record(
  {
    verdict: fc.constantFrom(...Object.keys(VERDICT_NUMBERS)),
    logIndex: fc.oneof(fc.constantFrom(0, 2 ** 32 - 1, 2 ** 32), fc.maxSafeNat()).map(String),
    repeated: fc.boolean(),
    reason: fc.constantFrom(...Object.keys(REASON_NUMBERS)),
  },
  { requiredKeys: ['verdict', 'logIndex', 'repeated'] },
);

const REQUESTS = {
  Verify: request,
  VerifyBatch: fc.record({ requests: fc.array(request, { maxLength: 5 }) }),
  VerifyStream: fc.record({ request }, { requiredKeys: [] }),
} as const;
const RESPONSES = {
  Verify: response,
  VerifyBatch: fc.record({ responses: fc.array(response, { maxLength: 5 }) }),
  VerifyStream: fc.oneof(
    fc.record({ requestId: text, verdict: response }),
    fc.record({ requestId: text, refusal: fc.constant({ code: 3, message: 'no' }) }),
  ),
} as const;
const NAMES = ['Verify', 'VerifyBatch', 'VerifyStream'] as const;

describe('usual messages', () => {
  it('have the numbers of the contract', () => {
    expect(Object.fromEntries(PURPOSES_BY_NUMBER.map((name, i) => [name, i]))).toEqual(numbersOf('Purpose'));
    expect(VERDICT_NUMBERS).toEqual(numbersOf('Verdict'));
    expect(REASON_NUMBERS).toEqual(numbersOf('VerdictReason'));
  });

  it.each(NAMES)('%s: reads a request as the library does, or leaves it to the library', (name) => {
    const { library, usual } = methodOf(name);
    let left = 0;
    let all = 0;
    fc.assert(
      fc.property(REQUESTS[name], (message) => {
        const bytes = library.requestSerialize(message);
        const read = usual.read(bytes);
        all += 1;
        if (read === undefined) left += 1;
        else expect(read).toEqual(library.requestDeserialize(bytes));
      }),
      { numRuns: 1_000 },
    );
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThan(all);
  });

  it.each(NAMES)('%s: reads any bytes as the library does, or leaves them to the library', (name) => {
    const { library, usual } = methodOf(name);
    // Bytes of tags and short lengths are drawn as often as all bytes.
    const byte = fc.oneof(fc.constantFrom(0x0a, 0x12, 0x18, 0x22, 0x2a, 0x32, 0x3a, 0, 1, 2, 3, 4), fc.nat(255));
    fc.assert(
      fc.property(fc.array(byte, { maxLength: 24 }), (all) => {
        const bytes = Buffer.from(all);
        const read = usual.read(bytes);
        if (read !== undefined) expect(read).toEqual(library.requestDeserialize(bytes));
      }),
      { numRuns: 20_000 },
    );
  });

  it.each(NAMES)('%s: writes a response in the bytes of the library, or leaves it to the library', (name) => {
    const { library, usual } = methodOf(name);
    fc.assert(
      fc.property(RESPONSES[name], (message) => {
        const written = usual.write(message);
        if (written !== undefined)
          expect(written.toString('hex')).toBe(library.responseSerialize(message).toString('hex'));
      }),
      { numRuns: 1_000 },
    );
  });

  it('reads and answers a usual client of the bank without the library', () => {
    const usual = { requestId: 'r-1', cardNumber: '6280230000000019', purpose: 'PURPOSE_SECOND_PIN', code: '12345678' };
    const answer = { verdict: 'VERDICT_REFUSED', logIndex: '12', repeated: false };
    const both = {
      Verify: [usual, answer],
      VerifyBatch: [{ requests: [usual, usual] }, { responses: [answer, answer] }],
      VerifyStream: [{ request: usual }, { requestId: 'r-1', verdict: answer }],
    };
    for (const name of NAMES) {
      const { library, usual: form } = methodOf(name);
      const [asked, answered] = both[name];
      expect(form.read(library.requestSerialize(asked as object))).toBeDefined();
      expect(form.write(answered)).toBeDefined();
    }
  });
});
