// The one-time-password part of a Nitrokey Pro, firmware 0.8, as its vendor's library uses it
// (docs/reference/personalities.md). For laboratories only, like the YubiKey's.
import { Secret } from '@ramz/otp-core';
import type { Device } from '../../../device/device.ts';
import type { Personality } from '../../hid-function.ts';
import { keyboardFunction } from '../../keyboard.ts';
import {
  type NitrokeyQuery,
  type NitrokeyReply,
  REPORT_BYTES,
  readQuery,
  STATUS,
  writeReply,
} from './nitrokey-reports.ts';
import { codeOf, kindOf, NAME_BYTES, type OtpSlot, TOKEN_ID_BYTES } from './otp-slots.ts';
import { PASSWORD_BYTES, Password } from './password.ts';

const VENDOR_ID = 0x20a0;
const PRODUCT_ID = 0x4108;
const RELEASE_BCD = 0x0100;
const FIRMWARE = { major: 0, minor: 8 } as const;
const ADMIN_PIN = '12345678';
const USER_PIN = '123456';
const SECRET_BYTES_MAX = 40;
const DATA_BYTES = 30;
const CONFIG_BYTES = 5;
const PERIOD_S_MAX = 86_400;
/** The year 9999. */
const TIME_S_MAX = 253_402_300_799;
/** Far beyond any real count, and far below the largest safe integer. */
const COUNTER_LAST = 2 ** 48;
/** No slot on a lock key, and no user PIN needed for codes. */
const FACTORY_CONFIG = [0xff, 0xff, 0xff, 0, 0];
/** Index of the configuration byte that says whether codes need the user PIN. */
const WANTS_USER_PIN = 3;

const COMMAND = {
  status: 0x00,
  writeSlot: 0x01,
  readName: 0x02,
  readSlot: 0x03,
  getCode: 0x04,
  writeConfig: 0x05,
  eraseSlot: 0x06,
  authenticate: 0x07,
  adminTries: 0x09,
  setTime: 0x0b,
  userAuthenticate: 0x0e,
  userTries: 0x0f,
  unlockUser: 0x11,
  factoryReset: 0x13,
  changeUserPin: 0x14,
  changeAdminPin: 0x15,
  sendData: 0x17,
} as const;

const OK: NitrokeyReply = { status: STATUS.ok };

export class Nitrokey {
  readonly personality: Personality;
  readonly #device: Device;
  readonly #serial: number;
  readonly #slots = new Map<number, OtpSlot>();
  #admin = new Password(ADMIN_PIN);
  #user = new Password(USER_PIN);
  readonly #config = Uint8Array.from(FACTORY_CONFIG);
  #answer: Uint8Array = new Uint8Array(REPORT_BYTES);
  /** Name and secret, which a host sends before the slot that they are for. */
  #name = new Uint8Array(NAME_BYTES);
  #secret: number[] = [];
  /** How far the time set by a host is ahead of the token's own clock; undefined before that. */
  #aheadSeconds: number | undefined;

  constructor(device: Device, serial: number) {
    this.#device = device;
    this.#serial = serial;
    const keyboard = keyboardFunction(
      REPORT_BYTES,
      () => this.#answer,
      (report) => this.#take(report),
    );
    const usb = {
      vendorId: VENDOR_ID,
      productId: PRODUCT_ID,
      releaseBcd: RELEASE_BCD,
      manufacturer: 'Ramz laboratory',
      product: 'Ramz lab emulator of Nitrokey Pro',
      serial: String(serial).padStart(12, '0'),
    };
    this.personality = { name: 'nitrokey-hotp', usb, functions: [keyboard] };
  }

  /** Drops the temporary passwords and the time, which do not survive a loss of power. */
  powerUp(): void {
    this.#admin.powerUp();
    this.#user.powerUp();
    this.#aheadSeconds = undefined;
    this.#secret = [];
  }

  #take(report: Uint8Array): void {
    const query = readQuery(report);
    const reply = query.isWhole ? this.#carryOut(query) : { status: STATUS.wrongCrc };
    this.#answer = writeReply(query, reply);
  }

  #carryOut({ command, payload }: NitrokeyQuery): NitrokeyReply {
    switch (command) {
      case COMMAND.status:
        return { status: STATUS.ok, payload: this.#status() };
      case COMMAND.adminTries:
        return { status: STATUS.ok, payload: Uint8Array.of(this.#admin.triesLeft) };
      case COMMAND.userTries:
        return { status: STATUS.ok, payload: Uint8Array.of(this.#user.triesLeft) };
      case COMMAND.authenticate:
        return wrongUnless(this.#admin.exchange(payload, payload.subarray(PASSWORD_BYTES)));
      case COMMAND.userAuthenticate:
        return wrongUnless(this.#user.exchange(payload, payload.subarray(PASSWORD_BYTES)));
      case COMMAND.changeAdminPin:
        return wrongUnless(this.#admin.change(payload, payload.subarray(PASSWORD_BYTES)));
      case COMMAND.changeUserPin:
        return wrongUnless(this.#user.change(payload, payload.subarray(PASSWORD_BYTES)));
      case COMMAND.unlockUser:
        return this.#unlockUser(payload);
      case COMMAND.factoryReset:
        return this.#factoryReset(payload);
      case COMMAND.setTime:
        return this.#setTime(payload);
      case COMMAND.getCode:
        return this.#getCode(payload);
      case COMMAND.readName:
        return this.#ofSlot(payload[0], ({ name }) => name);
      case COMMAND.readSlot:
        return this.#ofSlot(payload[0], slotRecord);
      default:
        return this.#withAdmin(command, payload);
    }
  }

  /** Handles commands that change slots. Each carries the temporary password for the admin PIN. */
  #withAdmin(command: number, payload: Uint8Array): NitrokeyReply {
    switch (command) {
      case COMMAND.sendData:
        return this.#admin.allows(payload) ? this.#sendData(payload) : { status: STATUS.notAuthorised };
      case COMMAND.writeSlot:
        return this.#admin.allows(payload) ? this.#writeSlot(payload) : { status: STATUS.notAuthorised };
      case COMMAND.eraseSlot:
        return this.#admin.allows(payload.subarray(1)) ? this.#erase(payload[0]) : { status: STATUS.notAuthorised };
      case COMMAND.writeConfig:
        if (!this.#admin.allows(payload.subarray(CONFIG_BYTES))) return { status: STATUS.notAuthorised };
        this.#config.set(payload.subarray(0, CONFIG_BYTES));
        return OK;
      default:
        return { status: STATUS.unknownCommand };
    }
  }

  #status(): Uint8Array {
    const bytes = Buffer.alloc(6 + CONFIG_BYTES);
    bytes.set([FIRMWARE.minor, FIRMWARE.major]);
    bytes.writeUInt32LE(this.#serial, 2);
    bytes.set(this.#config, 6);
    return bytes;
  }

  #unlockUser(payload: Uint8Array): NitrokeyReply {
    if (!this.#admin.isRightPin(payload)) return { status: STATUS.wrongPassword };
    this.#user.reset(payload.slice(PASSWORD_BYTES, 2 * PASSWORD_BYTES));
    return OK;
  }

  #factoryReset(payload: Uint8Array): NitrokeyReply {
    if (!this.#admin.isRightPin(payload)) return { status: STATUS.wrongPassword };
    for (const { key } of this.#slots.values()) key.wipe();
    this.#slots.clear();
    this.#admin = new Password(ADMIN_PIN);
    this.#user = new Password(USER_PIN);
    this.#config.set(FACTORY_CONFIG);
    return OK;
  }

  /** Checks the time, or sets it if the first byte says so. */
  #setTime(payload: Uint8Array): NitrokeyReply {
    const timeSeconds = uint64(payload, 1);
    if (payload[0] === 0 && this.#aheadSeconds === undefined) return { status: STATUS.timestampWarning };
    if (payload[0] === 0) return OK;
    if (timeSeconds > TIME_S_MAX) return { status: STATUS.notSupported };
    this.#aheadSeconds = timeSeconds - this.#device.deviceTime / 1_000;
    return OK;
  }

  #getCode(payload: Uint8Array): NitrokeyReply {
    const slot = this.#slots.get(payload[0] ?? 0);
    if (kindOf(payload[0] ?? 0) === undefined) return { status: STATUS.wrongSlot };
    if (slot === undefined) return { status: STATUS.notProgrammed };
    const passwordAt = 1 + 8 + 8 + 1;
    if (this.#config[WANTS_USER_PIN] === 1 && !this.#user.allows(payload.subarray(passwordAt))) {
      return { status: STATUS.notAuthorised };
    }
    const { code, after } = codeOf(slot, Math.floor(this.#device.deviceTime / 1_000 + (this.#aheadSeconds ?? 0)));
    this.#slots.set(payload[0] ?? 0, after);
    const bytes = Buffer.alloc(5);
    bytes.writeUInt32LE(Number(code));
    bytes[4] = slot.flags;
    return { status: STATUS.ok, payload: bytes };
  }

  #ofSlot(number: number | undefined, tell: (slot: OtpSlot) => Uint8Array): NitrokeyReply {
    if (kindOf(number ?? 0) === undefined) return { status: STATUS.wrongSlot };
    const slot = this.#slots.get(number ?? 0);
    return slot === undefined ? { status: STATUS.notProgrammed } : { status: STATUS.ok, payload: tell(slot) };
  }

  /** Stores a name, or a piece of a secret: long secrets come in several pieces. */
  #sendData(payload: Uint8Array): NitrokeyReply {
    const [type, piece] = [String.fromCharCode(payload[PASSWORD_BYTES] ?? 0), payload[PASSWORD_BYTES + 1] ?? 0];
    const data = payload.slice(PASSWORD_BYTES + 2, PASSWORD_BYTES + 2 + DATA_BYTES);
    if (type === 'N') this.#name = data.slice(0, NAME_BYTES);
    else if (type === 'S') this.#secret = [...(piece === 0 ? [] : this.#secret), ...data].slice(0, SECRET_BYTES_MAX);
    else return { status: STATUS.notSupported };
    return OK;
  }

  #writeSlot(payload: Uint8Array): NitrokeyReply {
    const number = payload[PASSWORD_BYTES] ?? 0;
    const kind = kindOf(number);
    if (kind === undefined) return { status: STATUS.wrongSlot };
    if (this.#name.every((byte) => byte === 0)) return { status: STATUS.noName };
    const at = PASSWORD_BYTES + 1;
    const value = uint64(payload, at);
    if (value > COUNTER_LAST || (kind === 'totp' && (value < 1 || value > PERIOD_S_MAX))) {
      return { status: STATUS.notSupported };
    }
    this.#slots.get(number)?.key.wipe();
    this.#slots.set(number, {
      kind,
      name: this.#name,
      key: Secret.copy(Uint8Array.from(withoutZeros(this.#secret))),
      flags: payload[at + 8] ?? 0,
      tokenId: payload.slice(at + 9, at + 9 + TOKEN_ID_BYTES),
      number: value,
    });
    this.#secret.fill(0);
    this.#secret = [];
    return OK;
  }

  #erase(number: number | undefined): NitrokeyReply {
    if (kindOf(number ?? 0) === undefined) return { status: STATUS.wrongSlot };
    this.#slots.get(number ?? 0)?.key.wipe();
    this.#slots.delete(number ?? 0);
    return OK;
  }
}

function wrongUnless(isRight: boolean): NitrokeyReply {
  return isRight ? OK : { status: STATUS.wrongPassword };
}

function slotRecord({ name, flags, tokenId, number }: OtpSlot): Uint8Array {
  const bytes = Buffer.alloc(NAME_BYTES + 1 + TOKEN_ID_BYTES + 8);
  bytes.set(name);
  bytes[NAME_BYTES] = flags;
  bytes.set(tokenId, NAME_BYTES + 1);
  bytes.writeBigUInt64LE(BigInt(number), NAME_BYTES + 1 + TOKEN_ID_BYTES);
  return bytes;
}

function uint64(bytes: Uint8Array, at: number): number {
  return Number(Buffer.from(bytes).readBigUInt64LE(at));
}

/**
 * Trims zeros at the end, but pads to 20 bytes: keys under 16 bytes are invalid here, and zeros at
 * the end do not change an HMAC.
 */
function withoutZeros(secret: readonly number[]): number[] {
  const end = secret.findLastIndex((byte) => byte !== 0) + 1;
  return [...secret.slice(0, Math.max(20, end)), ...Array.from({ length: Math.max(0, 20 - secret.length) }, () => 0)];
}
