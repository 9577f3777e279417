// The OTP interface of a YubiKey, as its vendor's tools use it (docs/reference/personalities.md).
// For laboratories: the vendor's USB numbers need an explicit flag, and the strings say that this
// is an emulator.
import type { Device } from '../../../device/device.ts';
import type { Personality } from '../../hid-function.ts';
import { keyboardFunction } from '../../keyboard.ts';
import { hmacResponse, hotpCode, modhex, type TicketOf, ticket } from './make-ticket.ts';
import { FEATURE_BYTES, FLAG, type Frame, FrameAssembly, responseReports } from './report-frames.ts';
import { EXTENDED, isDormant, modeOf, type Slot, type SlotMode } from './slot-configuration.ts';
import { type SlotNumber, Slots, wantsTouch } from './slots.ts';
import { oathIdentity, staticPassword, typeKeyCodes, typeParts } from './type-slot.ts';

const VENDOR_ID = 0x1050;
const PRODUCT_ID = 0x0010;
const RELEASE_BCD = 0x0243;
const VERSION = [2, 4, 3] as const;

const COMMAND = { swap: 0x06, serial: 0x10, configuration: 0x11, scanMap: 0x12 } as const;
const WRITE: Readonly<Record<number, { number: SlotNumber; isUpdate: boolean }>> = {
  1: { number: 1, isUpdate: false },
  3: { number: 2, isUpdate: false },
  4: { number: 1, isUpdate: true },
  5: { number: 2, isUpdate: true },
};
const CHALLENGE: Readonly<Record<number, { number: SlotNumber; mode: SlotMode }>> = {
  0x20: { number: 1, mode: 'otp-challenge' },
  0x28: { number: 2, mode: 'otp-challenge' },
  0x30: { number: 1, mode: 'hmac' },
  0x38: { number: 2, mode: 'hmac' },
};
const TOUCH_WAIT_S = 15;
const USE_COUNTER_MAX = 0x7fff;
const SESSION_USE_MAX = 0xff;
const TIMESTAMP_HZ = 8;
const OTP_CHALLENGE_BYTES = 6;

/** A challenge that waits for a touch. */
interface Pending {
  readonly number: SlotNumber;
  readonly frame: Frame;
  readonly untilMs: number;
}

export class YubiKey {
  readonly personality: Personality;
  readonly #device: Device;
  readonly #serial: number;
  readonly #assembly = new FrameAssembly();
  readonly #slots: Slots;
  readonly #keyboard = keyboardFunction(
    FEATURE_BYTES,
    () => this.#read(),
    (report) => this.#takeReport(report),
  );
  #answer: Uint8Array[] = [];
  #pending: Pending | undefined;
  /** How often each slot was used since the power came: a pair of counters never comes twice. */
  readonly #sessionUses = new Map<SlotNumber, number>();
  #timestampStart = 0;
  #poweredAtMs = 0;

  /**
   * @param serial eight digits, of a range that its vendor does not use: see
   * docs/reference/personalities.md
   */
  constructor(device: Device, serial: number) {
    this.#device = device;
    this.#serial = serial;
    this.#slots = device.kept instanceof Slots ? device.kept : new Slots();
    device.kept = this.#slots;
    const product = 'Ramz lab emulator of YubiKey OTP';
    const usb = {
      vendorId: VENDOR_ID,
      productId: PRODUCT_ID,
      releaseBcd: RELEASE_BCD,
      manufacturer: 'Ramz laboratory',
      product,
    };
    const shown = () => (this.#slots.showsSerial(EXTENDED.serialUsb) ? String(serial).padStart(10, '0') : '');
    const identity = {
      ...usb,
      get serial() {
        return shown();
      },
    };
    this.personality = { name: 'yubikey-otp', usb: identity, functions: [this.#keyboard] };
  }

  /** Starts a new session, with a new clock for tickets, when a host gives power. */
  powerUp(): void {
    this.#slots.powerUp();
    this.#sessionUses.clear();
    this.#timestampStart = Math.floor(this.#device.draw() * 2 ** 24);
    this.#poweredAtMs = this.#device.now;
    this.#break();
  }

  /** Whether a touch acts at once, not when it ends. */
  get isFastTriggered(): boolean {
    return this.#slots.isFastTriggered;
  }

  /**
   * Handles a touch: answers the pending challenge, or types. A long touch is for slot 2. Without a
   * host there is no power, and nothing happens or is counted.
   */
  touch(heldMs: number): void {
    const { isPowered, physical } = this.#device;
    if (!physical.isUsbPlugged || !isPowered) return;
    const pending = this.#stillPending();
    if (pending !== undefined) {
      this.#pending = undefined;
      return this.#respond(pending.number, pending.frame);
    }
    this.#type(heldMs >= this.#device.profile.button.hold_s * 1_000 ? 2 : 1);
  }

  #read(): Uint8Array {
    const next = this.#answer.shift();
    if (next !== undefined) return next;
    const pending = this.#stillPending();
    const status = Uint8Array.of(0, ...VERSION, this.#slots.sequence, this.#slots.touchLevel, 0, 0);
    if (pending === undefined) return status;
    const leftSeconds = Math.ceil((pending.untilMs - this.#device.now) / 1_000);
    status[7] = FLAG.waiting | Math.min(0x1f, Math.max(1, leftSeconds));
    return status;
  }

  #takeReport(report: Uint8Array): void {
    const frame = this.#assembly.take(report);
    if (frame === 'reset') this.#break();
    else if (frame !== undefined) this.#command(frame);
  }

  #break(): void {
    this.#answer = [];
    this.#pending = undefined;
  }

  #command(frame: Frame): void {
    this.#break();
    const { command, payload } = frame;
    const [write, challenge] = [WRITE[command], CHALLENGE[command]];
    if (write !== undefined) return this.#configure(write, payload);
    if (challenge !== undefined) return this.#challenge(challenge, frame);
    switch (command) {
      case COMMAND.swap:
        return this.#swap(payload);
      case COMMAND.serial:
        if (this.#slots.showsSerial(EXTENDED.serialApi)) this.#answer = responseReports(serialBytes(this.#serial));
        return;
      // Accepted without effect: a laboratory's key has no other mode and only one keyboard.
      case COMMAND.configuration:
      case COMMAND.scanMap:
      default:
        return;
    }
  }

  /** A new record has not been used: its first use counts in memory again. */
  #configure({ number, isUpdate }: (typeof WRITE)[number], payload: Uint8Array): void {
    const isChanged = this.#slots.configure(number, payload, isUpdate, this.#write);
    if (isChanged && !isUpdate) this.#sessionUses.delete(number);
  }

  #challenge({ number, mode }: { number: SlotNumber; mode: SlotMode }, frame: Frame): void {
    const slot = this.#slots.get(number);
    if (slot === undefined || isDormant(slot) || modeOf(slot) !== mode) return;
    if (!wantsTouch(slot)) return this.#respond(number, frame);
    this.#pending = { number, frame, untilMs: this.#device.now + TOUCH_WAIT_S * 1_000 };
  }

  #respond(number: SlotNumber, { payload }: Frame): void {
    const slot = this.#slots.get(number);
    if (slot === undefined) return;
    if (modeOf(slot) === 'hmac') {
      this.#answer = responseReports(hmacResponse(slot, payload));
      return;
    }
    const counted = this.#count(number, slot);
    if (counted !== undefined)
      this.#answer = responseReports(ticket(slot, counted, payload.slice(0, OTP_CHALLENGE_BYTES)));
  }

  #type(number: SlotNumber): void {
    const slot = this.#slots.get(number);
    if (slot === undefined || isDormant(slot)) return;
    const { inputs } = this.#keyboard;
    switch (modeOf(slot)) {
      case 'hotp':
        if (!this.#slots.put(number, { ...slot, counter: slot.counter + 1 }, this.#write)) return;
        return typeParts(inputs, slot, { fixed: oathIdentity(slot), code: hotpCode(slot) });
      case 'otp': {
        const counted = this.#count(number, slot);
        if (counted === undefined) return;
        return typeParts(inputs, slot, { fixed: modhex(slot.fixed), code: modhex(ticket(slot, counted)) });
      }
      case 'static-ticket':
        return typeParts(inputs, slot, staticPassword(slot));
      case 'key-codes':
        return typeKeyCodes(inputs, slot);
      case 'hmac':
      case 'otp-challenge':
        return;
    }
  }

  /**
   * Counts a use. The first since power-up counts in non-volatile memory; the session's count is
   * volatile. Returns undefined when no new pair of counters is left, or could be kept.
   */
  #count(number: SlotNumber, slot: Slot): TicketOf | undefined {
    const used = this.#sessionUses.get(number);
    const isNewSession = used === undefined || used === SESSION_USE_MAX;
    const useCounter = isNewSession ? slot.useCounter + 1 : slot.useCounter;
    if (useCounter > USE_COUNTER_MAX) return undefined;
    if (isNewSession && !this.#slots.put(number, { ...slot, useCounter }, this.#write)) return undefined;
    // 0 at the first use; after a wrap it begins at 1.
    const sessionUse = used === undefined ? 0 : used === SESSION_USE_MAX ? 1 : used + 1;
    this.#sessionUses.set(number, sessionUse);
    const ticks = Math.floor(((this.#device.now - this.#poweredAtMs) / 1_000) * TIMESTAMP_HZ);
    const random = Math.floor(this.#device.draw() * 0x10000);
    return { useCounter, sessionUse, timestamp: (this.#timestampStart + ticks) % 2 ** 24, random };
  }

  /** The uses go with their slot: at its other place it must not begin anew. */
  #swap(payload: Uint8Array): void {
    const [one, two] = [this.#sessionUses.get(1), this.#sessionUses.get(2)];
    if (!this.#slots.swap(payload, this.#write)) return;
    this.#sessionUses.clear();
    if (two !== undefined) this.#sessionUses.set(1, two);
    if (one !== undefined) this.#sessionUses.set(2, one);
  }

  readonly #write = (what: string) => this.#device.writeKept(what);

  #stillPending(): Pending | undefined {
    if (this.#pending !== undefined && this.#device.now >= this.#pending.untilMs) this.#pending = undefined;
    return this.#pending;
  }
}

/** Encodes the one number of this protocol that is big-endian. */
function serialBytes(serial: number): Uint8Array {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(serial);
  return bytes;
}
