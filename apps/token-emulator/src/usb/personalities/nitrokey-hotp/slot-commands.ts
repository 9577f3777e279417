import type { Device } from '../../../device/device.ts';
import type { NitrokeyMemory } from './nitrokey-memory.ts';
import { type NitrokeyReply, OK, STATUS, uint64 } from './nitrokey-reports.ts';
import { codeOf, kindOf, NAME_BYTES, type OtpSlot, TOKEN_ID_BYTES, VERIFIED_SLOT, verifyCode } from './otp-slots.ts';
import { PASSWORD_BYTES } from './password.ts';
import { keyOf, type SentData, type SlotData } from './sent-data.ts';

const PERIOD_S_MAX = 86_400;
/** Far beyond any real count, and far below the largest safe integer. */
const COUNTER_LAST = 2 ** 48;
/** Index of the configuration byte that says whether codes need the user PIN. */
const WANTS_USER_PIN = 3;
/** Answer to a code that no count near gives. */
const NOT_FOUND = 0xff;

/** The commands on slots, whose writes can fail like any other. */
export class SlotCommands {
  readonly #device: Device;
  readonly #memory: NitrokeyMemory;

  constructor(device: Device, memory: NitrokeyMemory) {
    this.#device = device;
    this.#memory = memory;
  }

  getCode(payload: Uint8Array, timeSeconds: number): NitrokeyReply {
    const number = payload[0] ?? 0;
    const slot = this.#memory.slots.get(number);
    if (kindOf(number) === undefined || number === VERIFIED_SLOT) return { status: STATUS.wrongSlot };
    if (slot === undefined) return { status: STATUS.notProgrammed };
    const passwordAt = 1 + 8 + 8 + 1;
    if (this.#memory.config[WANTS_USER_PIN] === 1 && !this.#memory.user.allows(payload.subarray(passwordAt))) {
      return { status: STATUS.notAuthorised };
    }
    const { code, after } = codeOf(slot, timeSeconds);
    // A count that cannot be kept would give the same code again.
    if (after !== slot && !this.#keep(number, after)) return { status: STATUS.notSupported };
    const bytes = Buffer.alloc(5 + TOKEN_ID_BYTES);
    bytes.writeUInt32LE(Number(code));
    bytes[4] = slot.flags;
    bytes.set(slot.tokenId, 5);
    return { status: STATUS.ok, payload: bytes };
  }

  /** Checks the code of a host that proves itself: a computer whose firmware has not changed. */
  verify(payload: Uint8Array): NitrokeyReply {
    const slot = this.#memory.slots.get(VERIFIED_SLOT);
    if (slot === undefined) return { status: STATUS.notProgrammed };
    const found = verifyCode(slot, Buffer.from(payload).readUInt32LE(0));
    const isRight = found !== undefined && this.#keep(VERIFIED_SLOT, found.after);
    return { status: STATUS.ok, payload: isRight ? Uint8Array.of(1, found.ahead) : Uint8Array.of(0, NOT_FOUND) };
  }

  /** Returns whether the write has taken. One that is torn leaves an empty slot. */
  #keep(number: number, slot: OtpSlot): boolean {
    const outcome = this.#device.writeKept(`slot ${number.toString(16)}`);
    if (outcome === 'torn') this.#empty(number);
    if (outcome !== 'written') return false;
    this.#memory.slots.set(number, slot);
    return true;
  }

  readName(number: number | undefined): NitrokeyReply {
    return this.#ofSlot(number, ({ name }) => name);
  }

  read(number: number | undefined): NitrokeyReply {
    return this.#ofSlot(number, slotRecord);
  }

  #ofSlot(number: number | undefined, tell: (slot: OtpSlot) => Uint8Array): NitrokeyReply {
    if (kindOf(number ?? 0) === undefined) return { status: STATUS.wrongSlot };
    const slot = this.#memory.slots.get(number ?? 0);
    return slot === undefined ? { status: STATUS.notProgrammed } : { status: STATUS.ok, payload: tell(slot) };
  }

  /** Writes what was sent before: nothing sent is no permission, and a name is a must. */
  write(payload: Uint8Array, pieces: SentData): NitrokeyReply {
    const sent = pieces.take();
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

  erase(number: number | undefined): NitrokeyReply {
    if (number === undefined || kindOf(number) === undefined) return { status: STATUS.wrongSlot };
    // Torn, it is empty as well: what is in memory is no slot.
    if (this.#device.writeKept(`slot ${number.toString(16)}`) === 'worn') return { status: STATUS.notSupported };
    this.#empty(number);
    return OK;
  }

  #empty(number: number): void {
    this.#memory.slots.get(number)?.key.wipe();
    this.#memory.slots.delete(number);
  }
}

function slotRecord({ name, flags, tokenId, number }: OtpSlot): Uint8Array {
  const bytes = Buffer.alloc(NAME_BYTES + 1 + TOKEN_ID_BYTES + 8);
  bytes.set(name);
  bytes[NAME_BYTES] = flags;
  bytes.set(tokenId, NAME_BYTES + 1);
  bytes.writeBigUInt64LE(BigInt(number), NAME_BYTES + 1 + TOKEN_ID_BYTES);
  return bytes;
}
