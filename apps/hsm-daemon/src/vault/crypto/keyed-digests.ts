import { writeText } from '@ramz/audit-log';
import type { HmacKey } from '@ramz/otp-core';
import { macEach } from '@ramz/otp-core/messages';

// A card number has only about 30 unknown bits, so a plain hash of it is the number itself to anyone with a graphics
// card: everything here is keyed. Each digest is 32 hexadecimal digits. Those of a batch are made together.

const DIGEST_BYTES = 16;

export function subjectsOf(key: HmacKey, all: readonly { readonly subjectName: string }[]): string[] {
  return digests(key, all.length, (i) => ['ramz/subject/v1', all[i]?.subjectName ?? '']);
}

export function subjectOf(key: HmacKey, subjectName: string): string {
  return subjectsOf(key, [{ subjectName }])[0] as string;
}

/** Names of requests: one caller, or group of callers, can never meet another's. */
export function requestKeysOf(
  key: HmacKey,
  all: readonly { readonly group: string; readonly requestId: string }[],
): string[] {
  return digests(key, all.length, (i) => ['ramz/request/v1', all[i]?.group ?? '', all[i]?.requestId ?? '']);
}

/** What was asked in each request: the same name with another digest is another request. */
export function requestDigestsOf(key: HmacKey, asked: readonly (readonly string[])[]): string[] {
  return digests(key, asked.length, (i) => ['ramz/request-digest/v1', ...(asked[i] as readonly string[])]);
}

// The fields hold no NUL (they are checked, printable text), so NUL keeps them apart.
function digests(key: HmacKey, count: number, fieldsOf: (i: number) => readonly string[]): string[] {
  const kept = Buffer.allocUnsafe(count * DIGEST_BYTES);
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
    for (let byte = 0; byte < DIGEST_BYTES; byte++) kept[i * DIGEST_BYTES + byte] = mac[byte] as number;
  });
  // Each a text of its own: parts of one long text are read through it, digit by digit, wherever they are used.
  return Array.from({ length: count }, (_, i) => kept.toString('hex', i * DIGEST_BYTES, (i + 1) * DIGEST_BYTES));
}
