import { writeText } from '@ramz/audit-log';
import type { HmacKey } from '@ramz/otp-core';
import { macEach } from '@ramz/otp-core/messages';

// A card number has only about 30 unknown bits, so a plain hash of it is the number itself to anyone with a graphics
// card: everything here is keyed. Each digest has 16 bytes. Those of a batch are made together.

const DIGEST_BYTES = 16;

/** Of each 32 hexadecimal digits. */
export function subjectsOf(key: HmacKey, all: readonly { readonly subjectName: string }[]): string[] {
  const into: DigestColumn = { bytes: Buffer.allocUnsafe(all.length * DIGEST_BYTES), first: 0, apart: DIGEST_BYTES };
  makeDigests(key, 'ramz/subject/v1', all.length, (i) => [all[i]?.subjectName ?? ''], into);
  // Each a text of its own: parts of one long text are read through it, digit by digit, wherever they are used.
  return all.map((_, i) => into.bytes.toString('hex', i * DIGEST_BYTES, (i + 1) * DIGEST_BYTES));
}

export function subjectOf(key: HmacKey, subjectName: string): string {
  return subjectsOf(key, [{ subjectName }])[0] as string;
}

/** A request by what it is called and what it asks. */
export interface UnnamedRequest {
  /** Whose name its id is: one caller, or group of callers, can never meet another's. */
  readonly group: string;
  readonly requestId: string;
  /** The same id with something else here is another request. */
  readonly asked: readonly string[];
}

/** Of each its key, and the digest of what it asks. */
export function requestDigestsOf(key: HmacKey, all: readonly UnnamedRequest[]): Buffer {
  const bytes = Buffer.allocUnsafe(all.length * 2 * DIGEST_BYTES);
  const one = (i: number) => all[i] as UnnamedRequest;
  const column = { bytes, apart: 2 * DIGEST_BYTES };
  const named = (i: number) => [one(i).group, one(i).requestId];
  makeDigests(key, 'ramz/request/v1', all.length, named, { ...column, first: 0 });
  makeDigests(key, 'ramz/request-digest/v1', all.length, (i) => one(i).asked, { ...column, first: DIGEST_BYTES });
  return bytes;
}

/** Where digests go: the first at `first`, and each `apart` bytes behind the one before. */
interface DigestColumn {
  readonly bytes: Buffer;
  readonly first: number;
  readonly apart: number;
}

/** The label, and the fields behind it. None holds a NUL (they are checked, printable text), so NUL keeps them apart. */
function makeDigests(
  key: HmacKey,
  label: string,
  count: number,
  fieldsOf: (i: number) => readonly string[],
  { bytes, first, apart }: DigestColumn,
): void {
  const write = (i: number, into: Uint8Array) => {
    let end = writeText(into, 0, label);
    for (const field of fieldsOf(i)) {
      into[end++] = 0;
      // Cut fields would give two requests one digest: too long ones throw.
      end = writeText(into, end, field);
    }
    return end;
  };
  macEach(key, count, write, (i, mac) => {
    const at = first + i * apart;
    for (let byte = 0; byte < DIGEST_BYTES; byte++) bytes[at + byte] = mac[byte] as number;
  });
}
