// Messages of a hostile caller: of the right shape, with wrong content.
import { PROTO_FILES, PROTO_ROOT } from '@ramz/proto';
import protobuf from 'protobufjs';
import type { Seeded } from '../sim/seeded.ts';

const root = new protobuf.Root();
root.resolvePath = (_origin, target) => `${PROTO_ROOT}${target}`;
root.loadSync([...PROTO_FILES]);
root.resolveAll();

const WORDS = [
  '',
  '0',
  'r-1',
  '6280230000000019',
  '۶۲۸۰۲۳۰۰۰۰۰۰۰۰۱۹',
  '12345678',
  '1234',
  '10020030',
  'T',
  'transfer',
  '1500000',
  '-1',
  '1e9',
  'IRR',
  '__proto__',
  'constructor',
  '../../etc/passwd',
  "'; DROP TABLE standing; --",
  '\u0000',
  'a\nb',
  '\ud800',
  '\u202e',
  '🂡'.repeat(40),
  'x'.repeat(65),
  'x'.repeat(70_000),
  '{"type":"propose","by":"operator-1","realm":"test"}',
  '0'.repeat(32),
  'f'.repeat(64),
];

/** A unary method of the contract. */
export interface Method {
  readonly service: string;
  readonly rpc: string;
  readonly path: string;
  readonly type: protobuf.Type;
}

export function unaryMethods(): Method[] {
  const services = root.lookup('ramz.hsm.v1') as protobuf.Namespace;
  return services.nestedArray.flatMap((service) =>
    service instanceof protobuf.Service
      ? service.methodsArray
          .filter(({ requestStream, responseStream }) => !requestStream && !responseStream)
          .map((method) => ({
            service: service.name,
            rpc: method.name,
            path: `/ramz.hsm.v1.${service.name}/${method.name}`,
            type: root.lookupType(`ramz.hsm.v1.${method.requestType}`),
          }))
      : [],
  );
}

/** Returns random bytes of a message, sometimes damaged, and whether they are a valid one. */
export function drawMessage(
  type: protobuf.Type,
  seeded: Seeded,
): { readonly bytes: Buffer; readonly isMessage: boolean } {
  const whole = Buffer.from(type.encode(type.fromObject(drawFields(type, seeded, 0))).finish());
  const cut = () => Buffer.concat([whole.subarray(0, seeded.below(whole.length + 1)), seeded.bytes(seeded.below(20))]);
  const bytes = seeded.chance(0.1) ? cut() : whole;
  return { bytes, isMessage: isMessage(type, bytes) };
}

/**
 * Decides by decoding: also an undamaged message is malformed when it contains half a surrogate,
 * which is not UTF-8.
 */
function isMessage(type: protobuf.Type, bytes: Buffer): boolean {
  try {
    type.decode(bytes);
    return true;
  } catch {
    return false;
  }
}

function drawFields(type: protobuf.Type, seeded: Seeded, depth: number): Record<string, unknown> {
  const drawn: Record<string, unknown> = {};
  for (const field of type.fieldsArray) {
    if (seeded.chance(0.15)) continue;
    const many = () => Array.from({ length: seeded.pick([0, 1, 2, 3, 1_001]) }, () => drawValue(field, seeded, depth));
    drawn[field.name] = field.repeated ? many() : drawValue(field, seeded, depth);
  }
  return drawn;
}

function drawValue(field: protobuf.Field, seeded: Seeded, depth: number): unknown {
  const { resolvedType, type } = field;
  if (resolvedType instanceof protobuf.Enum) return seeded.pick([0, 1, 2, 3, 4, 5, 77, -1]);
  if (resolvedType instanceof protobuf.Type) return depth > 4 ? {} : drawFields(resolvedType, seeded, depth + 1);
  if (type === 'bytes') return seeded.bytes(seeded.pick([0, 1, 15, 16, 17, 31, 32, 64, 80, 512, 513, 5_000]));
  if (type === 'bool') return seeded.chance(0.5);
  if (type === 'string') return seeded.pick(WORDS);
  return seeded.pick(['0', '1', '2', '1000', '1001', '4294967295']);
}
