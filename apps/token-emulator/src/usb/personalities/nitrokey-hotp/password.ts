import { sameBytes } from '@ramz/custody';
import { Secret, secretBytes } from '@ramz/otp-core';

/** Passwords have 25 bytes, padded with zeros. */
export const PASSWORD_BYTES = 25;
const TRIES = 3;

/** A PIN as a file keeps it. */
export interface SavedPassword {
  readonly pin: Uint8Array;
  readonly triesLeft: number;
}

/** A PIN with its tries, and the temporary password for which the right PIN was exchanged. */
export class Password {
  #pin: Secret;
  #temporary: Secret | undefined;
  #triesLeft = TRIES;

  constructor(factory: string) {
    this.#pin = Secret.own(padded(factory));
  }

  get triesLeft(): number {
    return this.#triesLeft;
  }

  /** Accepts the host's temporary password until power is lost, if the PIN is right. */
  exchange(pin: Uint8Array, temporary: Uint8Array): boolean {
    if (!this.#isRight(pin)) return false;
    this.#temporary?.wipe();
    this.#temporary = Secret.copy(temporary.subarray(0, PASSWORD_BYTES));
    return true;
  }

  /** Sets another PIN. The temporary password stays, as in the vendor's firmware. */
  change(to: Uint8Array): void {
    this.#pin.wipe();
    this.#pin = Secret.copy(to.subarray(0, PASSWORD_BYTES));
  }

  /** Sets another PIN without the old one, with all its tries, for a caller with more rights. */
  reset(to: Uint8Array): void {
    this.change(to);
    this.#triesLeft = TRIES;
  }

  isRightPin(pin: Uint8Array): boolean {
    return this.#isRight(pin);
  }

  allows(temporary: Uint8Array): boolean {
    return this.#temporary !== undefined && sameBytes(this.#temporary.expose(), temporary.subarray(0, PASSWORD_BYTES));
  }

  powerUp(): void {
    this.#temporary?.wipe();
    this.#temporary = undefined;
  }

  /** Returns a copy of what is not volatile, and of the temporary password. */
  copy(): Password {
    const copy = new Password('');
    copy.#pin.wipe();
    copy.#pin = Secret.copy(this.#pin.expose());
    copy.#temporary = this.#temporary && Secret.copy(this.#temporary.expose());
    copy.#triesLeft = this.#triesLeft;
    return copy;
  }

  /** Returns what does not need power, in the clear. */
  save(): SavedPassword {
    return { pin: this.#pin.expose().slice(), triesLeft: this.#triesLeft };
  }

  static restore({ pin, triesLeft }: SavedPassword): Password {
    const password = new Password('');
    password.#pin.wipe();
    password.#pin = Secret.copy(pin);
    password.#triesLeft = triesLeft;
    return password;
  }

  wipe(): void {
    this.powerUp();
    this.#pin.wipe();
  }

  /** Uses up a try before the PIN is compared; the right PIN restores all tries. */
  #isRight(pin: Uint8Array): boolean {
    if (this.#triesLeft === 0) return false;
    this.#triesLeft -= 1;
    if (!sameBytes(this.#pin.expose(), pin.subarray(0, PASSWORD_BYTES))) return false;
    this.#triesLeft = TRIES;
    return true;
  }
}

function padded(text: string): Uint8Array {
  const bytes = secretBytes(PASSWORD_BYTES);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}
