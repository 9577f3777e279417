import { sameBytes } from '@ramz/custody';
import type { KeptMemory, WriteOutcome } from '../../../device/kept-memory.ts';
import {
  ACCESS_CODE_BYTES,
  CONFIG,
  CONFIGURATION_BYTES,
  copyOfSlot,
  EXTENDED,
  isDormant,
  livingSlot,
  modeOf,
  type PlainSlot,
  plainSlot,
  readConfiguration,
  type Slot,
  TICKET,
  updated,
  wipeSlot,
} from './slot-configuration.ts';

export type SlotNumber = 1 | 2;
const NO_CODE = new Uint8Array(ACCESS_CODE_BYTES);

/** Writes into non-volatile memory, which can fail: it is worn, or the power goes. */
export type Write = (what: string) => WriteOutcome;

/** The two slots, and the number that shows a host that one was changed. */
export class Slots implements KeptMemory {
  readonly #slots = new Map<SlotNumber, Slot>();
  #sequence = 0;

  /** Increases with each change; 0 if nothing is programmed. Volatile: 1 after a power-up. */
  get sequence(): number {
    return this.#sequence;
  }

  get(number: SlotNumber): Slot | undefined {
    return this.#slots.get(number);
  }

  /** Keeps a slot's counters. A write that fails leaves the old ones. */
  put(number: SlotNumber, slot: Slot, write: Write): boolean {
    if (write(`the counters of slot ${number}`) !== 'written') return false;
    this.#slots.set(number, slot);
    return true;
  }

  powerUp(): void {
    this.#sequence = this.#slots.size === 0 ? 0 : 1;
  }

  copy(): Slots {
    const copy = new Slots();
    for (const [number, slot] of this.#slots) copy.#slots.set(number, copyOfSlot(slot));
    copy.#sequence = this.#sequence;
    return copy;
  }

  wipe(): void {
    for (const slot of this.#slots.values()) wipeSlot(slot);
  }

  save(): unknown {
    return [...this.#slots].map(([number, slot]) => [number, plainSlot(slot)] as const);
  }

  /** @param saved what `save` returned */
  static restore(saved: unknown): Slots {
    const slots = new Slots();
    for (const [number, slot] of saved as [SlotNumber, PlainSlot][]) {
      slots.#slots.set(number, livingSlot(slot));
    }
    slots.powerUp();
    return slots;
  }

  /** Bits 0 and 1: programmed; bits 2 and 3: needs a touch. A dormant slot shows neither. */
  get touchLevel(): number {
    return ([1, 2] as const).reduce((level, number) => {
      const slot = this.#slots.get(number);
      if (slot === undefined || isDormant(slot)) return level;
      return level | (number | (wantsTouch(slot) ? number << 2 : 0));
    }, 0);
  }

  /** Whether a slot shows the serial number this way; an empty key shows it in all ways. */
  showsSerial(flag: typeof EXTENDED.serialApi | typeof EXTENDED.serialUsb): boolean {
    if (this.#slots.size === 0) return true;
    return [...this.#slots.values()].some(({ extendedFlags }) => (extendedFlags & flag) !== 0);
  }

  /** Whether a touch acts at once: no long touch has a meaning. */
  get isFastTriggered(): boolean {
    const one = this.#slots.get(1);
    return one !== undefined && !this.#slots.has(2) && (one.extendedFlags & EXTENDED.fastTrigger) !== 0;
  }

  /**
   * Writes, updates or deletes a slot; nothing changes without its access code.
   * @returns whether it was changed
   */
  configure(number: SlotNumber, payload: Uint8Array, isUpdate: boolean, write: Write): boolean {
    const former = this.#slots.get(number);
    if (number === 2 && this.#isSlot2Protected) return false;
    if (former !== undefined && !mayChange(former, payload)) return false;
    const read = readConfiguration(payload.slice(0, CONFIGURATION_BYTES));
    if (read === 'broken') return false;
    const next = isUpdate ? updatedBy(former, read) : read === 'delete' ? undefined : read;
    if (next === 'refused') return false;
    return this.#write(number, next, write);
  }

  /**
   * Swaps the two slots. Each requires its own access code, and neither may be protected.
   * @returns whether they were swapped
   */
  swap(payload: Uint8Array, write: Write): boolean {
    const [one, two] = [this.#slots.get(1), this.#slots.get(2)];
    const code = payload.subarray(0, ACCESS_CODE_BYTES);
    for (const slot of [one, two])
      if (slot !== undefined && (!codeMatches(slot, code) || isProtecting(slot))) return false;
    if (write('both slots') !== 'written') return false;
    this.#slots.clear();
    if (two !== undefined) this.#slots.set(1, two);
    if (one !== undefined) this.#slots.set(2, one);
    this.#changed();
    return true;
  }

  /** A write that is torn leaves an empty slot: what is in memory has no valid checksum. */
  #write(number: SlotNumber, slot: Slot | undefined, write: Write): boolean {
    const former = this.#slots.get(number);
    const outcome = write(`slot ${number}`);
    if (outcome === 'worn') return false;
    if (former !== undefined && (outcome === 'torn' || former.key !== slot?.key)) wipeSlot(former);
    if (slot === undefined || outcome === 'torn') this.#slots.delete(number);
    else this.#slots.set(number, slot);
    this.#changed();
    return true;
  }

  /** The first slot may protect the second, unless that is in use and does not want it. */
  get #isSlot2Protected(): boolean {
    const [one, two] = [this.#slots.get(1), this.#slots.get(2)];
    return one !== undefined && isProtecting(one) && !(two !== undefined && isProtecting(two));
  }

  #changed(): void {
    this.#sequence = this.#slots.size === 0 ? 0 : (this.#sequence % 0xff) + 1;
  }
}

/** Returns whether a slot needs a touch: it types, or its challenge requires the button. */
export function wantsTouch(slot: Slot): boolean {
  const mode = modeOf(slot);
  const isChallenged = mode === 'hmac' || mode === 'otp-challenge';
  return !isChallenged || (slot.configFlags & CONFIG.button) !== 0;
}

/** An update needs the slot's own permission, and changes a few flags only. */
function updatedBy(former: Slot | undefined, by: Slot | 'delete'): Slot | 'refused' {
  if (by === 'delete') return 'refused';
  const isAllowed = former !== undefined && (former.extendedFlags & EXTENDED.allowUpdate) !== 0;
  const next = isAllowed ? updated(former, by) : 'refused';
  wipeSlot(by);
  return next;
}

function isProtecting({ ticketFlags }: Slot): boolean {
  return (ticketFlags & TICKET.protectSlot2) !== 0;
}

function mayChange(former: Slot, payload: Uint8Array): boolean {
  return codeMatches(former, payload.subarray(CONFIGURATION_BYTES, CONFIGURATION_BYTES + ACCESS_CODE_BYTES));
}

function codeMatches({ accessCode }: Slot, given: Uint8Array): boolean {
  return sameBytes(accessCode, NO_CODE) || sameBytes(accessCode, given);
}
