import type { SealedText } from '../../boundary/activation-commands.ts';
import { TEXTS_WAITING_MAX } from '../../boundary/limits.ts';

/** A text, and where to. The number is kept for as long as the call with it lasts. */
export interface OutgoingText extends SealedText {
  readonly mobileNumber: string;
}

/** A gateway that waits for texts, with those that it has not read yet. */
export class WaitingGateway {
  readonly zone: string;
  /** Texts in a row that it has not taken. */
  missed = 0;
  readonly #texts: OutgoingText[] = [];
  #wake: () => void = () => {};

  constructor(zone: string) {
    this.zone = zone;
  }

  get hasRoom(): boolean {
    return this.#texts.length < TEXTS_WAITING_MAX;
  }

  push(text: OutgoingText): void {
    this.#texts.push(text);
    this.#wake();
  }

  take(): OutgoingText | undefined {
    return this.#texts.shift();
  }

  /** Ends the wait of `texts`, for a call that has gone. */
  wake(): void {
    this.#wake();
  }

  /** Resolves at the next text, or when it is woken. */
  woken(): Promise<void> {
    if (this.#texts.length > 0) return Promise.resolve();
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }
}
