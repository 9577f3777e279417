import { Secret } from '@ramz/otp-core';
import type { KeptMemory } from '../../../device/kept-memory.ts';
import type { OtpSlot } from './otp-slots.ts';
import { Password, type SavedPassword } from './password.ts';

const ADMIN_PIN = '12345678';
const USER_PIN = '123456';
/** No slot on a lock key, and no user PIN needed for codes. */
export const FACTORY_CONFIG: readonly number[] = [0xff, 0xff, 0xff, 0, 0];

/** What a Nitrokey keeps without power: slots, PINs with their tries, and its configuration. */
export class NitrokeyMemory implements KeptMemory {
  readonly slots: Map<number, OtpSlot>;
  #admin: Password;
  #user: Password;
  readonly config: Uint8Array;
  /** The last time that a host has set, in minutes since 1970; 0 before. */
  lastTimeMinutes = 0;

  constructor(
    slots: Map<number, OtpSlot> = new Map<number, OtpSlot>(),
    admin: Password = new Password(ADMIN_PIN),
    user: Password = new Password(USER_PIN),
    config: Uint8Array = Uint8Array.from(FACTORY_CONFIG),
  ) {
    this.slots = slots;
    this.#admin = admin;
    this.#user = user;
    this.config = config;
  }

  get admin(): Password {
    return this.#admin;
  }

  get user(): Password {
    return this.#user;
  }

  factoryReset(): void {
    this.wipe();
    this.slots.clear();
    this.#admin = new Password(ADMIN_PIN);
    this.#user = new Password(USER_PIN);
    this.config.set(FACTORY_CONFIG);
  }

  /** Drops the temporary passwords, which do not survive a loss of power. */
  powerUp(): void {
    this.#admin.powerUp();
    this.#user.powerUp();
  }

  copy(): NitrokeyMemory {
    const slots = new Map([...this.slots].map(([number, slot]) => [number, copyOfSlot(slot)] as const));
    const copy = new NitrokeyMemory(slots, this.#admin.copy(), this.#user.copy(), this.config.slice());
    copy.lastTimeMinutes = this.lastTimeMinutes;
    return copy;
  }

  save(): SavedMemory {
    return {
      slots: [...this.slots].map(([number, slot]) => [number, { ...slot, key: slot.key.expose().slice() }] as const),
      admin: this.#admin.save(),
      user: this.#user.save(),
      config: this.config.slice(),
      lastTimeMinutes: this.lastTimeMinutes,
    };
  }

  /** Copies all bytes: the caller wipes its own. */
  static restore(saved: unknown): NitrokeyMemory {
    const { slots, admin, user, config, lastTimeMinutes = 0 } = saved as SavedMemory;
    const living = slots.map(([number, { key, name, tokenId, ...slot }]) => {
      const own = { name: name.slice(), tokenId: tokenId.slice(), key: Secret.copy(key) };
      return [number, { ...slot, ...own }] as const;
    });
    const [adminPin, userPin] = [Password.restore(admin), Password.restore(user)];
    const memory = new NitrokeyMemory(new Map(living), adminPin, userPin, config.slice());
    memory.lastTimeMinutes = lastTimeMinutes;
    return memory;
  }

  wipe(): void {
    for (const { key } of this.slots.values()) key.wipe();
    this.#admin.wipe();
    this.#user.wipe();
  }
}

/** What `save` returns. */
interface SavedMemory {
  readonly slots: readonly (readonly [number, Omit<OtpSlot, 'key'> & { readonly key: Uint8Array }])[];
  readonly admin: SavedPassword;
  readonly user: SavedPassword;
  readonly config: Uint8Array;
  /** Not in states of before it was kept. */
  readonly lastTimeMinutes?: number;
}

function copyOfSlot(slot: OtpSlot): OtpSlot {
  return { ...slot, key: Secret.copy(slot.key.expose()) };
}
