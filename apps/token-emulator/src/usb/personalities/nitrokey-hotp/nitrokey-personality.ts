// The one-time-password part of a Nitrokey Pro, firmware 0.8, as its vendor's library uses it
// (docs/reference/personalities.md). For laboratories only, like the YubiKey's.
import type { Device } from '../../../device/device.ts';
import type { Personality } from '../../hid-function.ts';
import { keyboardFunction } from '../../keyboard.ts';
import { NitrokeyMemory } from './nitrokey-memory.ts';
import {
  type NitrokeyQuery,
  type NitrokeyReply,
  REPORT_BYTES,
  readQuery,
  STATUS,
  writeReply,
} from './nitrokey-reports.ts';
import { codeOf, kindOf, NAME_BYTES, type OtpSlot, TOKEN_ID_BYTES, VERIFIED_SLOT, verifyCode } from './otp-slots.ts';
import { PASSWORD_BYTES } from './password.ts';
import { keyOf, SentData, type SlotData } from './sent-data.ts';

const VENDOR_ID = 0x20a0;
const PRODUCT_ID = 0x4108;
const RELEASE_BCD = 0x0100;
const FIRMWARE = { major: 0, minor: 8 } as const;
const CONFIG_BYTES = 5;
const PERIOD_S_MAX = 86_400;
/** The year 9999. */
const TIME_S_MAX = 253_402_300_799;
/** Far beyond any real count, and far below the largest safe integer. */
const COUNTER_LAST = 2 ** 48;
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
  lock: 0x12,
  factoryReset: 0x13,
  changeUserPin: 0x14,
  changeAdminPin: 0x15,
  sendData: 0x17,
  verifyCode: 0x18,
  newAesKey: 0x6b,
} as const;
/** Answer to a code that no count near gives. */
const NOT_FOUND = 0xff;

const OK: NitrokeyReply = { status: STATUS.ok };

export class Nitrokey {
  readonly personality: Personality;
  readonly #device: Device;
  readonly #serial: number;
  readonly #memory: NitrokeyMemory;
  #answer: Uint8Array = new Uint8Array(REPORT_BYTES);
  /** Name and secret, which a host sends before the slot that they are for. */
  readonly #sent = new SentData();
  /** How far the time set by a host is ahead of the token's own clock; undefined before that. */
  #aheadSeconds: number | undefined;

  constructor(device: Device, serial: number) {
    this.#device = device;
    this.#serial = serial;
    this.#memory = device.kept instanceof NitrokeyMemory ? device.kept : new NitrokeyMemory();
    device.kept = this.#memory;
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
    this.#memory.powerUp();
    this.#aheadSeconds = undefined;
    this.#sent.forget();
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
        return { status: STATUS.ok, payload: Uint8Array.of(this.#memory.admin.triesLeft) };
      case COMMAND.userTries:
        return { status: STATUS.ok, payload: Uint8Array.of(this.#memory.user.triesLeft) };
      case COMMAND.authenticate:
        return wrongUnless(this.#memory.admin.exchange(payload, payload.subarray(PASSWORD_BYTES)));
      case COMMAND.userAuthenticate:
        return wrongUnless(this.#memory.user.exchange(payload, payload.subarray(PASSWORD_BYTES)));
      case COMMAND.changeAdminPin:
        return wrongUnless(this.#memory.admin.change(payload, payload.subarray(PASSWORD_BYTES)));
      case COMMAND.changeUserPin:
        return wrongUnless(this.#memory.user.change(payload, payload.subarray(PASSWORD_BYTES)));
      case COMMAND.unlockUser:
        return this.#unlockUser(payload);
      case COMMAND.factoryReset:
        return this.#factoryReset(payload);
      case COMMAND.lock:
        this.#memory.powerUp();
        return OK;
      // The key of the password safe, which this personality does not have.
      case COMMAND.newAesKey:
        return wrongUnless(this.#memory.admin.isRightPin(payload));
      case COMMAND.verifyCode:
        return this.#verify(payload);
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
        if (!this.#memory.admin.allows(payload)) return { status: STATUS.notAuthorised };
        return this.#sent.add(payload) ? OK : { status: STATUS.notSupported };
      case COMMAND.writeSlot:
        return this.#memory.admin.allows(payload) ? this.#writeSlot(payload) : { status: STATUS.notAuthorised };
      case COMMAND.eraseSlot:
        return this.#memory.admin.allows(payload.subarray(1))
          ? this.#erase(payload[0])
          : { status: STATUS.notAuthorised };
      case COMMAND.writeConfig:
        if (!this.#memory.admin.allows(payload.subarray(CONFIG_BYTES))) return { status: STATUS.notAuthorised };
        this.#memory.config.set(payload.subarray(0, CONFIG_BYTES));
        return OK;
      default:
        return { status: STATUS.unknownCommand };
    }
  }

  #status(): Uint8Array {
    const bytes = Buffer.alloc(6 + CONFIG_BYTES);
    bytes.set([FIRMWARE.minor, FIRMWARE.major]);
    bytes.writeUInt32LE(this.#serial, 2);
    bytes.set(this.#memory.config, 6);
    return bytes;
  }

  #unlockUser(payload: Uint8Array): NitrokeyReply {
    if (!this.#memory.admin.isRightPin(payload)) return { status: STATUS.wrongPassword };
    this.#memory.user.reset(payload.slice(PASSWORD_BYTES, 2 * PASSWORD_BYTES));
    return OK;
  }

  #factoryReset(payload: Uint8Array): NitrokeyReply {
    if (!this.#memory.admin.isRightPin(payload)) return { status: STATUS.wrongPassword };
    this.#memory.factoryReset();
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
    const number = payload[0] ?? 0;
    const slot = this.#memory.slots.get(number);
    if (kindOf(number) === undefined || number === VERIFIED_SLOT) return { status: STATUS.wrongSlot };
    if (slot === undefined) return { status: STATUS.notProgrammed };
    const passwordAt = 1 + 8 + 8 + 1;
    if (this.#memory.config[WANTS_USER_PIN] === 1 && !this.#memory.user.allows(payload.subarray(passwordAt))) {
      return { status: STATUS.notAuthorised };
    }
    const { code, after } = codeOf(slot, Math.floor(this.#device.deviceTime / 1_000 + (this.#aheadSeconds ?? 0)));
    // A count that cannot be kept would give the same code again.
    if (after !== slot && !this.#keep(number, after)) return { status: STATUS.notSupported };
    const bytes = Buffer.alloc(5 + TOKEN_ID_BYTES);
    bytes.writeUInt32LE(Number(code));
    bytes[4] = slot.flags;
    bytes.set(slot.tokenId, 5);
    return { status: STATUS.ok, payload: bytes };
  }

  /** Checks the code of a host that proves itself: a computer whose firmware has not changed. */
  #verify(payload: Uint8Array): NitrokeyReply {
    const slot = this.#memory.slots.get(VERIFIED_SLOT);
    if (slot === undefined) return { status: STATUS.notProgrammed };
    const found = verifyCode(slot, Buffer.from(payload).readUInt32LE(0));
    const isRight = found !== undefined && this.#keep(VERIFIED_SLOT, found.after);
    return { status: STATUS.ok, payload: isRight ? Uint8Array.of(1, found.ahead) : Uint8Array.of(0, NOT_FOUND) };
  }

  /** Returns whether the write has taken. One that is torn leaves an empty slot. */
  #keep(number: number, slot: OtpSlot): boolean {
    const outcome = this.#device.writeKept(`slot ${number.toString(16)}`);
    if (outcome === 'torn') this.#erase(number);
    if (outcome !== 'written') return false;
    this.#memory.slots.set(number, slot);
    return true;
  }

  #ofSlot(number: number | undefined, tell: (slot: OtpSlot) => Uint8Array): NitrokeyReply {
    if (kindOf(number ?? 0) === undefined) return { status: STATUS.wrongSlot };
    const slot = this.#memory.slots.get(number ?? 0);
    return slot === undefined ? { status: STATUS.notProgrammed } : { status: STATUS.ok, payload: tell(slot) };
  }

  /** Writes what was sent before: nothing sent is no permission, and a name is a must. */
  #writeSlot(payload: Uint8Array): NitrokeyReply {
    const sent = this.#sent.take();
    if (sent === undefined) return { status: STATUS.notAuthorised };
    try {
      return this.#writeSent(payload, sent);
    } finally {
      sent.secret.fill(0);
    }
  }

  #writeSent(payload: Uint8Array, { name, secret }: SlotData): NitrokeyReply {
    const number = payload[PASSWORD_BYTES] ?? 0;
    const kind = kindOf(number);
    if (name[0] === 0) return { status: STATUS.noName };
    if (kind === undefined) return { status: STATUS.wrongSlot };
    const at = PASSWORD_BYTES + 1;
    const value = uint64(payload, at);
    if (value > COUNTER_LAST || (kind === 'totp' && (value < 1 || value > PERIOD_S_MAX))) {
      return { status: STATUS.notSupported };
    }
    const former = this.#memory.slots.get(number);
    const key = keyOf(secret, former);
    const tokenId = payload.slice(at + 9, at + 9 + TOKEN_ID_BYTES);
    if (!this.#keep(number, { kind, name, key, flags: payload[at + 8] ?? 0, tokenId, number: value })) {
      key.wipe();
      return { status: STATUS.notSupported };
    }
    former?.key.wipe();
    return OK;
  }

  #erase(number: number | undefined): NitrokeyReply {
    if (kindOf(number ?? 0) === undefined) return { status: STATUS.wrongSlot };
    this.#memory.slots.get(number ?? 0)?.key.wipe();
    this.#memory.slots.delete(number ?? 0);
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
