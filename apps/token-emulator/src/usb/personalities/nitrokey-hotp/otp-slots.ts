import { formatCode, HmacKey, hotp, hotpDigits, Secret, stepAt } from '@ramz/otp-core';

export type SlotKind = 'hotp' | 'totp';
/** The first slot number of each kind, and how many slots there are. */
const FIRST: Readonly<Record<SlotKind, number>> = { hotp: 0x10, totp: 0x20 };
const COUNT: Readonly<Record<SlotKind, number>> = { hotp: 4, totp: 15 };
/**
 * The last HOTP slot gives no codes: a host that proves itself has its codes checked against it.
 */
export const VERIFIED_SLOT = 0x13;
/** So many counts ahead of the slot's a code is looked for. */
const VERIFY_AHEAD = 9;
export const NAME_BYTES = 15;
export const TOKEN_ID_BYTES = 13;
const FLAG_8_DIGITS = 0x01;

/** The contents of a slot. A slot without a name counts as not programmed. */
export interface OtpSlot {
  readonly kind: SlotKind;
  readonly name: Uint8Array;
  readonly key: Secret;
  readonly flags: number;
  readonly tokenId: Uint8Array;
  /** The count of HOTP, or the period of TOTP in seconds. */
  readonly number: number;
}

export function kindOf(slot: number): SlotKind | undefined {
  const kinds: readonly SlotKind[] = ['hotp', 'totp'];
  return kinds.find((kind) => slot >= FIRST[kind] && slot < FIRST[kind] + COUNT[kind]);
}

/** Returns the code of a slot, and the slot afterwards. */
export function codeOf(slot: OtpSlot, timeSeconds: number): { readonly code: string; readonly after: OtpSlot } {
  using key = HmacKey.from('sha1', slot.key);
  const digits = hotpDigits((slot.flags & FLAG_8_DIGITS) === 0 ? 6 : 8);
  if (slot.kind === 'hotp') {
    return { code: formatCode(hotp(key, slot.number, digits)), after: { ...slot, number: slot.number + 1 } };
  }
  const step = stepAt(timeSeconds * 1_000, { periodSeconds: slot.number, t0Seconds: 0 });
  return { code: formatCode(hotp(key, step, digits)), after: slot };
}

/**
 * Looks for a code at the slot's count and the next ones.
 * @returns how far ahead it was, and the slot afterwards; undefined for a wrong code
 */
export function verifyCode(
  slot: OtpSlot,
  code: number,
): { readonly ahead: number; readonly after: OtpSlot } | undefined {
  for (let ahead = 0; ahead <= VERIFY_AHEAD; ahead++) {
    const { code: right, after } = codeOf({ ...slot, number: slot.number + ahead }, 0);
    if (Number(right) === code) return { ahead, after };
  }
  return undefined;
}
