// Arrays as PostgreSQL takes them in binary (its `array_recv`, and the `_recv` of each type; numbers are big-endian):
//   dimensions i32 | has nulls i32 | type oid | length i32 | first index i32 | (bytes i32 | element)*
// As texts a driver would quote each of their elements, and the server would read each: half of what a batch costs.

const OID = { bytea: 17, int8: 20, int2: 21, uuid: 2950 } as const;
const HEAD_BYTES = 20;
const EMPTY_HEAD_BYTES = 12;
const LENGTH_BYTES = 4;
const UUID_BYTES = 16;
const TWO_POW_32 = 2 ** 32;

/** Of ids that are 16 bytes each, `apart` bytes from one to the next. */
export function uuidArrayOf(ids: Uint8Array, count: number, apart: number, first = 0): Buffer {
  return fixedArray(OID.uuid, count, UUID_BYTES, (into, at, i) => {
    const from = first + i * apart;
    into.set(ids.subarray(from, from + UUID_BYTES), at);
  });
}

/** @param hex 32 digits each */
export function uuidArray(hex: readonly string[]): Buffer {
  return fixedArray(OID.uuid, hex.length, UUID_BYTES, (into, at, i) => {
    into.write(hex[i] as string, at, 'hex');
  });
}

export function int2Array(numbers: readonly number[]): Buffer {
  return fixedArray(OID.int2, numbers.length, 2, (into, at, i) => into.writeInt16BE(numbers[i] as number, at));
}

/** Of whole numbers from 0 to 2^53. */
export function int8Array(numbers: readonly number[]): Buffer {
  return fixedArray(OID.int8, numbers.length, 8, (into, at, i) => {
    const number = numbers[i] as number;
    into.writeUInt32BE(Math.floor(number / TWO_POW_32), at);
    into.writeUInt32BE(number % TWO_POW_32, at + 4);
  });
}

export function byteaArray(all: readonly Uint8Array[]): Buffer {
  const bytes = all.reduce((sum, { length }) => sum + LENGTH_BYTES + length, 0);
  const array = headed(OID.bytea, all.length, bytes);
  let at = HEAD_BYTES;
  for (const one of all) {
    at = array.writeInt32BE(one.length, at);
    array.set(one, at);
    at += one.length;
  }
  return array;
}

function fixedArray(
  oid: number,
  count: number,
  width: number,
  write: (into: Buffer, at: number, i: number) => void,
): Buffer {
  const array = headed(oid, count, count * (LENGTH_BYTES + width));
  for (let i = 0, at = HEAD_BYTES; i < count; i++, at += LENGTH_BYTES + width) {
    array.writeInt32BE(width, at);
    write(array, at + LENGTH_BYTES, i);
  }
  return array;
}

/** Without elements there is no dimension. */
function headed(oid: number, count: number, bytes: number): Buffer {
  const array = Buffer.alloc(count === 0 ? EMPTY_HEAD_BYTES : HEAD_BYTES + bytes);
  array.writeInt32BE(count === 0 ? 0 : 1, 0);
  array.writeInt32BE(oid, 8);
  if (count === 0) return array;
  array.writeInt32BE(count, 12);
  array.writeInt32BE(1, 16);
  return array;
}
