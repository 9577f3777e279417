// The one-time-password part of a Nitrokey Pro, firmware 0.8, as its vendor's library uses it
// (docs/reference/personalities.md). For laboratories only, like the YubiKey's.
import type { Device } from '../../../device/device.ts';
import type { Personality } from '../../hid-function.ts';
import { keyboardFunction } from '../../keyboard.ts';
import { FACTORY_CONFIG, NitrokeyMemory } from './nitrokey-memory.ts';
import {
  type NitrokeyQuery,
  type NitrokeyReply,
  OK,
  REPORT_BYTES,
  readQuery,
  STATUS,
  uint64,
  writeReply,
} from './nitrokey-reports.ts';
import { PASSWORD_BYTES, type Password } from './password.ts';
import { SentData } from './sent-data.ts';
import { SlotCommands } from './slot-commands.ts';

const VENDOR_ID = 0x20a0;
const PRODUCT_ID = 0x4108;
const RELEASE_BCD = 0x0100;
const FIRMWARE = { major: 0, minor: 8 } as const;
const CONFIG_BYTES = 5;
/** The year 9999. */
const TIME_S_MAX = 253_402_300_799;

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

export class Nitrokey {
  readonly personality: Personality;
  readonly #device: Device;
  readonly #serial: number;
  readonly #memory: NitrokeyMemory;
  readonly #slots: SlotCommands;
  #answer: Uint8Array = new Uint8Array(REPORT_BYTES);
  /** Name and secret, which a host sends before the slot that they are for. */
  readonly #sent = new SentData();
  /** How far the key's time is ahead of the token's own clock: it counts from 0 at a power-up. */
  #aheadSeconds = 0;

  constructor(device: Device, serial: number) {
    this.#device = device;
    this.#serial = serial;
    this.#memory = device.kept instanceof NitrokeyMemory ? device.kept : new NitrokeyMemory();
    device.kept = this.#memory;
    this.#slots = new SlotCommands(device, this.#memory);
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

  /** A session without what does not survive a loss of power: temporary passwords, and the time. */
  powerUp(): void {
    this.#memory.powerUp();
    this.#aheadSeconds = 0 - this.#device.deviceTime / 1_000;
    this.#sent.forget();
  }

  get #timeSeconds(): number {
    return Math.max(0, Math.floor(this.#device.deviceTime / 1_000 + this.#aheadSeconds));
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
        return this.#changePin(this.#memory.admin, 'the admin PIN', payload);
      case COMMAND.changeUserPin:
        return this.#changePin(this.#memory.user, 'the user PIN', payload);
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
        return this.#slots.verify(payload);
      case COMMAND.setTime:
        return this.#setTime(payload);
      case COMMAND.getCode:
        return this.#slots.getCode(payload, this.#timeSeconds);
      case COMMAND.readName:
        return this.#slots.readName(payload[0]);
      case COMMAND.readSlot:
        return this.#slots.read(payload[0]);
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
        return this.#memory.admin.allows(payload)
          ? this.#slots.write(payload, this.#sent)
          : { status: STATUS.notAuthorised };
      case COMMAND.eraseSlot:
        return this.#memory.admin.allows(payload.subarray(1))
          ? this.#slots.erase(payload[0])
          : { status: STATUS.notAuthorised };
      case COMMAND.writeConfig:
        return this.#memory.admin.allows(payload.subarray(CONFIG_BYTES))
          ? this.#configure(payload.subarray(0, CONFIG_BYTES))
          : { status: STATUS.notAuthorised };
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
    if (this.#device.writeKept('the user PIN') !== 'written') return { status: STATUS.notSupported };
    this.#memory.user.reset(payload.slice(PASSWORD_BYTES, 2 * PASSWORD_BYTES));
    return OK;
  }

  /** A PIN that could not be written stays the former one. */
  #changePin(password: Password, what: string, payload: Uint8Array): NitrokeyReply {
    if (!password.isRightPin(payload)) return { status: STATUS.wrongPassword };
    if (this.#device.writeKept(what) !== 'written') return { status: STATUS.notSupported };
    password.change(payload.subarray(PASSWORD_BYTES));
    return OK;
  }

  /** A configuration that was torn is the one of the factory. */
  #configure(config: Uint8Array): NitrokeyReply {
    const outcome = this.#device.writeKept('the configuration');
    if (outcome === 'torn') this.#memory.config.set(FACTORY_CONFIG);
    if (outcome !== 'written') return { status: STATUS.notSupported };
    this.#memory.config.set(config);
    return OK;
  }

  #factoryReset(payload: Uint8Array): NitrokeyReply {
    if (!this.#memory.admin.isRightPin(payload)) return { status: STATUS.wrongPassword };
    if (this.#device.writeKept('the factory settings') === 'worn') return { status: STATUS.notSupported };
    this.#memory.factoryReset();
    return OK;
  }

  /**
   * Takes the time unless it is before the last one that was set: a host whose clock was set back
   * is warned. The first byte says to take it anyway.
   */
  #setTime(payload: Uint8Array): NitrokeyReply {
    const timeSeconds = uint64(payload, 1);
    if (timeSeconds > TIME_S_MAX) return { status: STATUS.notSupported };
    const minutes = Math.floor(timeSeconds / 60);
    if (payload[0] !== 1 && minutes < this.#memory.lastTimeMinutes) return { status: STATUS.timestampWarning };
    if (this.#device.writeKept('the time') !== 'written') return { status: STATUS.timestampWarning };
    this.#memory.lastTimeMinutes = minutes;
    this.#aheadSeconds = timeSeconds - this.#device.deviceTime / 1_000;
    return OK;
  }
}

function wrongUnless(isRight: boolean): NitrokeyReply {
  return isRight ? OK : { status: STATUS.wrongPassword };
}
