// Arrays in PostgreSQL's binary format (`array_recv`, and the `_recv` of each type), big-endian:
//   dimensions i32 | has nulls i32 | type oid | length i32 | first index i32
//   | (bytes i32 | element)*
// As text, the driver would quote each element and the server would parse it: half a batch's cost.

import type { Standing } from '../../domain/enrolment/standing.ts';
import { Records } from '../records/records.ts';
import { roomFor } from '../records/write-record.ts';

const OID = { bytea: 17, int8: 20, int2: 21, uuid: 2950 } as const;
const HEAD_BYTES = 20;
const EMPTY_HEAD_BYTES = 12;
const LENGTH_BYTES = 4;
const UUID_BYTES = 16;
const TWO_POW_32 = 2 ** 32;

/** @param hex 32 digits each */
export function uuidArray(hex: readonly string[]): Buffer {
  return fixedArray(OID.uuid, hex.length, UUID_BYTES, (into, at, i) => {
    into.write(hex[i] as string, at, 'hex');
  });
}

export function int2Array(numbers: readonly number[]): Buffer {
  return fixedArray(OID.int2, numbers.length, 2, (into, at, i) => into.writeInt16BE(numbers[i] as number, at));
}

/** @param numbers whole numbers from 0 to 2^53 */
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

/** Encodes standings as records, each written in place. */
export function recordArray(standings: readonly Standing[]): Buffer {
  const room = standings.reduce((sum, standing) => sum + LENGTH_BYTES + roomFor(standing), 0);
  const array = headed(OID.bytea, standings.length, room);
  const records = new Records(array);
  let at = HEAD_BYTES;
  for (const standing of standings) {
    const end = records.write(at + LENGTH_BYTES, standing);
    array.writeInt32BE(end - at - LENGTH_BYTES, at);
    at = end;
  }
  return standings.length === 0 ? array : array.subarray(0, at);
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

/** Allocates an array and writes its head. An empty array has no dimension. */
function headed(oid: number, count: number, bytes: number): Buffer {
  const array = Buffer.alloc(count === 0 ? EMPTY_HEAD_BYTES : HEAD_BYTES + bytes);
  array.writeInt32BE(count === 0 ? 0 : 1, 0);
  array.writeInt32BE(oid, 8);
  if (count === 0) return array;
  array.writeInt32BE(count, 12);
  array.writeInt32BE(1, 16);
  return array;
}
