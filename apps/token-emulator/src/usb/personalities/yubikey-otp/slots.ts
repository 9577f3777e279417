import { sameBytes } from '@ramz/custody';
import {
  ACCESS_CODE_BYTES,
  CONFIG,
  CONFIGURATION_BYTES,
  modeOf,
  readConfiguration,
  type Slot,
  updated,
} from './slot-configuration.ts';

export type SlotNumber = 1 | 2;
const NO_CODE = new Uint8Array(ACCESS_CODE_BYTES);

/** The two slots, and the number that shows a host that one was changed. */
export class Slots {
  readonly #slots = new Map<SlotNumber, Slot>();
  #sequence = 1;

  /** Increases with each change; 0 if nothing is programmed. Volatile: 1 after a power-up. */
  get sequence(): number {
    return this.#slots.size === 0 ? 0 : this.#sequence;
  }

  get(number: SlotNumber): Slot | undefined {
    return this.#slots.get(number);
  }

  put(number: SlotNumber, slot: Slot): void {
    this.#slots.set(number, slot);
  }

  powerUp(): void {
    this.#sequence = 1;
  }

  /** Bits 0 and 1: programmed; bits 2 and 3: needs a touch. */
  get touchLevel(): number {
    return ([1, 2] as const).reduce((level, number) => {
      const slot = this.#slots.get(number);
      if (slot === undefined) return level;
      return level | (number | (wantsTouch(slot) ? number << 2 : 0));
    }, 0);
  }

  /** Writes, updates or deletes a slot; nothing changes without its access code. */
  configure(number: SlotNumber, payload: Uint8Array, isUpdate: boolean): void {
    const former = this.#slots.get(number);
    if (former !== undefined && !mayChange(former, payload)) return;
    const read = readConfiguration(payload.slice(0, CONFIGURATION_BYTES));
    if (read === 'broken') return;
    if (read === 'delete') this.#delete(number, former);
    else if (isUpdate) this.#update(number, former, read);
    else this.#write(number, former, read);
  }

  /** Swaps the two slots. Each requires its own access code. */
  swap(payload: Uint8Array): void {
    const [one, two] = [this.#slots.get(1), this.#slots.get(2)];
    for (const slot of [one, two])
      if (slot !== undefined && !codeMatches(slot, payload.subarray(0, ACCESS_CODE_BYTES))) return;
    this.#slots.clear();
    if (two !== undefined) this.#slots.set(1, two);
    if (one !== undefined) this.#slots.set(2, one);
    this.#changed();
  }

  #delete(number: SlotNumber, former: Slot | undefined): void {
    former?.key.wipe();
    this.#slots.delete(number);
    this.#changed();
  }

  #update(number: SlotNumber, former: Slot | undefined, by: Slot): void {
    by.key.wipe();
    if (former === undefined) return;
    this.#slots.set(number, updated(former, by));
    this.#changed();
  }

  #write(number: SlotNumber, former: Slot | undefined, slot: Slot): void {
    former?.key.wipe();
    this.#slots.set(number, slot);
    this.#changed();
  }

  #changed(): void {
    this.#sequence = (this.#sequence % 0xff) + 1;
  }
}

/** Returns whether a slot needs a touch: it types, or its challenge requires the button. */
export function wantsTouch(slot: Slot): boolean {
  const mode = modeOf(slot);
  const types = mode === 'otp' || mode === 'hotp';
  return types || (slot.configFlags & CONFIG.button) !== 0;
}

function mayChange(former: Slot, payload: Uint8Array): boolean {
  return codeMatches(former, payload.subarray(CONFIGURATION_BYTES, CONFIGURATION_BYTES + ACCESS_CODE_BYTES));
}

function codeMatches({ accessCode }: Slot, given: Uint8Array): boolean {
  return sameBytes(accessCode, NO_CODE) || sameBytes(accessCode, given);
}
