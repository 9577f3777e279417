import { HALF_SENT_BYTES_A_CALLER_MAX, HALF_SENT_BYTES_MAX } from '../../boundary/limits.ts';

/** A message takes milliseconds. A caller that sends slower holds memory for nothing. */
const WHOLE_MS_MAX = 10_000;
const LOOK_EVERY_MS = 1_000;

/** A call whose message has not come whole. */
export interface HalfSentCall {
  /** Its stream is closed. */
  readonly isGone: boolean;
  /** Told when its message should have been there long ago. */
  readonly isLate: () => void;
}

/** Who sends a call, and where what came of it is counted until it is whole. */
export interface Sender {
  /** Common name of the certificate. */
  readonly caller: string;
  readonly halfSent: HalfSent;
}

interface PartialMessages {
  readonly caller: string;
  readonly sinceMs: number;
  bytes: number;
}

/**
 * What lies in memory of messages that are not whole: bounded for each caller and in all, and in time. Without that one
 * certificate fills the memory with calls that it never ends.
 */
export class HalfSent {
  readonly #calls = new Map<HalfSentCall, PartialMessages>();
  readonly #ofCaller = new Map<string, number>();
  readonly #timer = setInterval(() => this.#look(), LOOK_EVERY_MS).unref();
  #bytes = 0;

  /** So many bytes of a call are kept now. Returns whether they may be. */
  keep(call: HalfSentCall, caller: string, bytes: number): boolean {
    let held = this.#calls.get(call);
    if (held === undefined) {
      held = { caller, sinceMs: performance.now(), bytes: 0 };
      this.#calls.set(call, held);
    }
    const own = this.#add(caller, bytes - held.bytes);
    held.bytes = bytes;
    return own <= HALF_SENT_BYTES_A_CALLER_MAX && this.#bytes <= HALF_SENT_BYTES_MAX;
  }

  /** It is whole, refused, or gone. */
  done(call: HalfSentCall): void {
    const held = this.#calls.get(call);
    if (held === undefined) return;
    this.#calls.delete(call);
    this.#add(held.caller, -held.bytes);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #add(caller: string, bytes: number): number {
    const own = (this.#ofCaller.get(caller) ?? 0) + bytes;
    if (own > 0) this.#ofCaller.set(caller, own);
    else this.#ofCaller.delete(caller);
    this.#bytes += bytes;
    return own;
  }

  #look(): void {
    const lateMs = performance.now() - WHOLE_MS_MAX;
    for (const [call, { sinceMs }] of this.#calls) {
      if (call.isGone) this.done(call);
      else if (sinceMs < lateMs) call.isLate();
    }
  }
}
