import { sha256 } from '@noble/hashes/sha2.js';
import { writeText } from '@ramz/audit-log';
import type { HmacKey } from '@ramz/otp-core';
import { macEach } from '@ramz/otp-core/messages';

// A card number has only about 30 unknown bits, so anyone with a graphics card can reverse a plain
// hash of it. Everything here is keyed. Each digest has 16 bytes. The digests of a batch are
// computed together.

const DIGEST_BYTES = 16;

/** Returns 32 hexadecimal digits for each name. */
export function subjectsOf(key: HmacKey, all: readonly { readonly subjectName: string }[]): string[] {
  const into: DigestColumn = { bytes: Buffer.allocUnsafe(all.length * DIGEST_BYTES), first: 0, apart: DIGEST_BYTES };
  makeDigests(key, 'ramz/subject/v1', all.length, (i) => [all[i]?.subjectName ?? ''], into);
  // Each is a string of its own: a slice of one long string is read through that string, digit by
  // digit, on every use.
  return all.map((_, i) => into.bytes.toString('hex', i * DIGEST_BYTES, (i + 1) * DIGEST_BYTES));
}

export function subjectOf(key: HmacKey, subjectName: string): string {
  return subjectsOf(key, [{ subjectName }])[0] as string;
}

/**
 * Returns the hash of a request's contents, which may be longer than a keyed hash takes: 64
 * hexadecimal digits, to be hashed with the key.
 */
export function contentHash(fields: readonly string[]): string {
  return Buffer.from(sha256(new TextEncoder().encode(JSON.stringify(fields)))).toString('hex');
}

/** Returns the keyed hash of a mobile number. It has 30 bits, so a plain hash is the number. */
export function numberOf(key: HmacKey, mobileNumber: string): string {
  return digestOf(key, 'ramz/mobile/v1', [mobileNumber]);
}

/** Returns the keyed hash of a customer's account. */
export function accountOf(key: HmacKey, subject: string, accountReference: string): string {
  return digestOf(key, 'ramz/account/v1', [subject, accountReference]);
}

/** Returns the keyed hash of a set of people, the same in any order; empty for none. */
export function holdersOf(key: HmacKey, nationalIds: readonly string[]): string {
  const set = [...new Set(nationalIds)].toSorted();
  return set.length === 0 ? '' : digestOf(key, 'ramz/holders/v1', set);
}

/**
 * Returns a subject that is no one's. Each daemon has sixteen: few rows, and no other daemon's
 * commit makes this one decide again.
 */
export function decoySubjectOf(key: HmacKey, logId: string, requestId: string): string {
  return digestOf(key, 'ramz/decoy-file/v1', [logId, contentHash([requestId]).slice(0, 1)]);
}

function digestOf(key: HmacKey, label: string, fields: readonly string[]): string {
  const bytes = Buffer.allocUnsafe(DIGEST_BYTES);
  makeDigests(key, label, 1, () => fields, { bytes, first: 0, apart: DIGEST_BYTES });
  return bytes.toString('hex');
}

/** A request by its id and its contents, before they are hashed. */
export interface UnnamedRequest {
  /** The caller, or group of callers, that owns the id. No other one can ever reach it. */
  readonly group: string;
  readonly requestId: string;
  /** The contents. The same id with other contents is a different request. */
  readonly asked: readonly string[];
}

/** Returns for each request its key, followed by the digest of its contents. */
export function requestDigestsOf(key: HmacKey, all: readonly UnnamedRequest[]): Buffer {
  const bytes = Buffer.allocUnsafe(all.length * 2 * DIGEST_BYTES);
  const one = (i: number) => all[i] as UnnamedRequest;
  const column = { bytes, apart: 2 * DIGEST_BYTES };
  const named = (i: number) => [one(i).group, one(i).requestId];
  makeDigests(key, 'ramz/request/v1', all.length, named, { ...column, first: 0 });
  makeDigests(key, 'ramz/request-digest/v1', all.length, (i) => one(i).asked, { ...column, first: DIGEST_BYTES });
  return bytes;
}

/** Where digests are written: the first at `first`, each later one `apart` bytes further. */
interface DigestColumn {
  readonly bytes: Buffer;
  readonly first: number;
  readonly apart: number;
}

/**
 * Hashes the label and then the fields, separated by NUL. No field contains a NUL: they are
 * checked, printable text.
 */
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
      // Throws when a field is too long: truncated fields would give two requests one digest.
      end = writeText(into, end, field);
    }
    return end;
  };
  macEach(key, count, write, (i, mac) => {
    const at = first + i * apart;
    for (let byte = 0; byte < DIGEST_BYTES; byte++) bytes[at + byte] = mac[byte] as number;
  });
}
