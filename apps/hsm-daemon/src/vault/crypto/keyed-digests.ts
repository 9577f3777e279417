import { writeText } from '@ramz/audit-log';
import type { HmacKey } from '@ramz/otp-core';
import { macEach } from '@ramz/otp-core/messages';

// A card number has only about 30 unknown bits, so a plain hash of it is the number itself to anyone with a graphics
// card: everything here is keyed. Each digest has 16 bytes. Those of a batch are made together.

const DIGEST_BYTES = 16;

/** Of each 32 hexadecimal digits. */
export function subjectsOf(key: HmacKey, all: readonly { readonly subjectName: string }[]): string[] {
  const digests = Buffer.allocUnsafe(all.length * DIGEST_BYTES);
  makeDigests(key, all.length, (i) => ['ramz/subject/v1', all[i]?.subjectName ?? ''], digests, 0, DIGEST_BYTES);
  // Each a text of its own: parts of one long text are read through it, digit by digit, wherever they are used.
  return all.map((_, i) => digests.toString('hex', i * DIGEST_BYTES, (i + 1) * DIGEST_BYTES));
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
  const digests = Buffer.allocUnsafe(all.length * 2 * DIGEST_BYTES);
  const one = (i: number) => all[i] as UnnamedRequest;
  const named = (i: number) => ['ramz/request/v1', one(i).group, one(i).requestId];
  makeDigests(key, all.length, named, digests, 0, 2 * DIGEST_BYTES);
  const asked = (i: number) => ['ramz/request-digest/v1', ...one(i).asked];
  makeDigests(key, all.length, asked, digests, DIGEST_BYTES, 2 * DIGEST_BYTES);
  return digests;
}

/**
 * Into `digests`, the first at `first` and each `apart` bytes behind the one before. The fields hold no NUL (they are
 * checked, printable text), so NUL keeps them apart.
 */
function makeDigests(
  key: HmacKey,
  count: number,
  fieldsOf: (i: number) => readonly string[],
  digests: Uint8Array,
  first: number,
  apart: number,
): void {
  const write = (i: number, into: Uint8Array) => {
    let end = 0;
    for (const field of fieldsOf(i)) {
      if (end > 0) into[end++] = 0;
      // Cut fields would give two requests one digest: too long ones throw.
      end = writeText(into, end, field);
    }
    return end;
  };
  macEach(key, count, write, (i, mac) => {
    const at = first + i * apart;
    for (let byte = 0; byte < DIGEST_BYTES; byte++) digests[at + byte] = mac[byte] as number;
  });
}
