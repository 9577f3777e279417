import { sha256 } from '@noble/hashes/sha2.js';
import { Secret, secretBytes } from '@ramz/otp-core';
import { CustodyError } from './errors.ts';

/** One custodian's part of a split secret. Only `value` is secret. */
export interface Share {
  /** Drawn once a ceremony: shares of two ceremonies never mix. */
  readonly set_id: number;
  readonly threshold: number;
  /** The x of this share's point, from 1. */
  readonly index: number;
  readonly value: Secret;
}

const VERSION = 1;
const HEADER_BYTES = 5;
const CHECKSUM_BYTES = 4;

/** `version | set id (2) | threshold | index | value | checksum (4)`. The caller wipes the bytes. */
export function encodeShare(share: Share): Uint8Array {
  const body = HEADER_BYTES + share.value.length;
  const bytes = secretBytes(body + CHECKSUM_BYTES);
  bytes.set([VERSION, share.set_id >>> 8, share.set_id & 0xff, share.threshold, share.index]);
  bytes.set(share.value.expose(), HEADER_BYTES);
  bytes.set(checksum(bytes.subarray(0, body)), body);
  return bytes;
}

/** @throws CustodyError `share-malformed`, `share-damaged` */
export function decodeShare(bytes: Uint8Array): Share {
  const body = bytes.length - CHECKSUM_BYTES;
  if (body <= HEADER_BYTES || bytes[0] !== VERSION) {
    throw new CustodyError('share-malformed', 'these bytes are not a share of a known version');
  }
  if (!sameBytes(checksum(bytes.subarray(0, body)), bytes.subarray(body))) {
    throw new CustodyError('share-damaged', 'the share was changed since it was handed out: its checksum differs');
  }
  const [, high = 0, low = 0, threshold = 0, index = 0] = bytes;
  return { set_id: (high << 8) | low, threshold, index, value: Secret.copy(bytes.subarray(HEADER_BYTES, body)) };
}

// Against slips of hand, not forgers: who is wrong is told before the threshold is reached.
function checksum(body: Uint8Array): Uint8Array {
  return sha256(body).subarray(0, CHECKSUM_BYTES);
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  let difference = a.length ^ b.length;
  a.forEach((byte, i) => {
    difference |= byte ^ (b[i] ?? 0);
  });
  return difference === 0;
}
