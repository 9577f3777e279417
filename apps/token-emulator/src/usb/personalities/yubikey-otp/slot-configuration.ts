// The 52-byte configuration record of a YubiKey slot (docs/reference/personalities.md).
// Little-endian.
import { Secret } from '@ramz/otp-core';
import { CRC16_RESIDUAL, crc16 } from '../../crc.ts';

export const CONFIGURATION_BYTES = 52;
export const ACCESS_CODE_BYTES = 6;
const FIXED_MAX = 16;

/** Ticket flags. */
export const TICKET = {
  tabFirst: 0x01,
  tabBetween: 0x02,
  tabLast: 0x04,
  delayBetween: 0x08,
  delayLast: 0x10,
  appendCr: 0x20,
  oathOrChallenge: 0x40,
  protectSlot2: 0x80,
} as const;
/** Configuration flags; their meaning depends on the ticket flags. */
export const CONFIG = {
  oath8Digits: 0x02,
  shortTicket: 0x02,
  hmac: 0x22,
  hmacShort: 0x04,
  pacing10Ms: 0x04,
  button: 0x08,
  pacing20Ms: 0x08,
  firstByteModhex: 0x10,
  upperCase: 0x10,
  challenge: 0x20,
  staticTicket: 0x20,
  twoBytesModhex: 0x40,
  digits: 0x40,
} as const;
/** Extended flags. */
export const EXTENDED = {
  serialUsb: 0x02,
  serialApi: 0x04,
  numericKeypad: 0x08,
  fastTrigger: 0x10,
  allowUpdate: 0x20,
  dormant: 0x40,
} as const;
/** Flags that an update may change; the rest stays the same. */
const UPDATE_TICKET_MASK = 0x3f;
const UPDATE_CONFIG_MASK = CONFIG.pacing10Ms | CONFIG.pacing20Ms;

/** The contents of a slot, and how often it was used. */
export interface Slot {
  readonly fixed: Uint8Array;
  /** The whole field of 16 bytes: a password of key codes uses all of it. */
  readonly fixedField: Secret;
  readonly uid: Uint8Array;
  readonly key: Secret;
  readonly accessCode: Uint8Array;
  readonly extendedFlags: number;
  readonly ticketFlags: number;
  readonly configFlags: number;
  /** The counter of OATH-HOTP. */
  readonly counter: number;
  /** Power-ups in which it made a code; stops at 15 bits. */
  readonly useCounter: number;
}

/** What a slot does when it is challenged or touched. */
export type SlotMode = 'hmac' | 'otp-challenge' | 'hotp' | 'otp' | 'static-ticket' | 'key-codes';

export function modeOf({ ticketFlags, configFlags }: Slot): SlotMode {
  if ((ticketFlags & TICKET.oathOrChallenge) === 0) {
    if ((configFlags & CONFIG.staticTicket) !== 0) return 'static-ticket';
    return (configFlags & CONFIG.shortTicket) === 0 ? 'otp' : 'key-codes';
  }
  if ((configFlags & CONFIG.hmac) === CONFIG.hmac) return 'hmac';
  return (configFlags & CONFIG.challenge) !== 0 ? 'otp-challenge' : 'hotp';
}

export function isDormant({ extendedFlags }: Slot): boolean {
  return (extendedFlags & EXTENDED.dormant) !== 0;
}

/**
 * Returns the 20 bytes that HMAC and HOTP use: the key, then four bytes of the uid. The caller
 * wipes it.
 */
export function longKey({ key, uid }: Slot): Secret {
  const bytes = new Uint8Array(20);
  bytes.set(key.expose());
  bytes.set(uid.subarray(0, 4), 16);
  const secret = Secret.copy(bytes);
  bytes.fill(0);
  return secret;
}

/** Reads a record. A record of zeros deletes the slot; one with a wrong CRC is `broken`. */
export function readConfiguration(record: Uint8Array): Slot | 'delete' | 'broken' {
  if (record.every((byte) => byte === 0)) return 'delete';
  if (record.length !== CONFIGURATION_BYTES || crc16(record) !== CRC16_RESIDUAL) return 'broken';
  const fixedSize = Math.min(FIXED_MAX, record[44] ?? 0);
  const uid = record.slice(16, 22);
  return {
    fixed: record.slice(0, fixedSize),
    fixedField: Secret.copy(record.subarray(0, FIXED_MAX)),
    uid,
    key: Secret.copy(record.subarray(22, 38)),
    accessCode: record.slice(38, 44),
    extendedFlags: record[45] ?? 0,
    ticketFlags: record[46] ?? 0,
    configFlags: record[47] ?? 0,
    // The OATH-HOTP counter starts at a multiple of 16, stored after the key.
    counter: (((uid[4] ?? 0) << 8) | (uid[5] ?? 0)) * 16,
    useCounter: 0,
  };
}

/** Returns the slot with the flags that an update may change. */
export function updated(slot: Slot, by: Slot): Slot {
  const { ticketFlags, configFlags } = slot;
  return {
    ...slot,
    extendedFlags: by.extendedFlags,
    accessCode: Uint8Array.from(by.accessCode),
    ticketFlags: (ticketFlags & ~UPDATE_TICKET_MASK) | (by.ticketFlags & UPDATE_TICKET_MASK),
    configFlags: (configFlags & ~UPDATE_CONFIG_MASK) | (by.configFlags & UPDATE_CONFIG_MASK),
  };
}

export function copyOfSlot(slot: Slot): Slot {
  const { key, fixedField, uid, accessCode } = slot;
  const secrets = { key: Secret.copy(key.expose()), fixedField: Secret.copy(fixedField.expose()) };
  return { ...slot, ...secrets, uid: Uint8Array.from(uid), accessCode: Uint8Array.from(accessCode) };
}

/** The private identity holds a part of a longer key. */
export function wipeSlot({ key, fixedField, uid, accessCode }: Slot): void {
  key.wipe();
  fixedField.wipe();
  uid.fill(0);
  accessCode.fill(0);
}

/** Returns plain values and bytes, secrets included. */
export function plainSlot({ key, fixedField, ...others }: Slot): PlainSlot {
  return { ...others, key: key.expose().slice(), fixedField: fixedField.expose().slice() };
}

/** Copies all bytes: the caller wipes its own. */
export function livingSlot({ key, fixedField, fixed, uid, accessCode, ...others }: PlainSlot): Slot {
  return {
    ...others,
    fixed: fixed.slice(),
    uid: uid.slice(),
    accessCode: accessCode.slice(),
    key: Secret.copy(key),
    fixedField: Secret.copy(fixedField),
  };
}

/** A slot with its secrets as bytes, for a file. */
export interface PlainSlot extends Omit<Slot, 'key' | 'fixedField'> {
  readonly key: Uint8Array;
  readonly fixedField: Uint8Array;
}
