import { HALF_SENT_BYTES_A_CALLER_MAX, HALF_SENT_BYTES_MAX } from '../../boundary/limits.ts';

/** A message takes milliseconds. A slower sender holds memory for nothing. */
const WHOLE_MS_MAX = 10_000;
const LOOK_EVERY_MS = 1_000;

/** A call whose message is incomplete. */
export interface HalfSentCall {
  /** True once its stream is closed. */
  readonly isGone: boolean;
  /** Called when its message is long overdue. */
  readonly isLate: () => void;
}

/** The sender of a call, and what counts its incomplete messages. */
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
 * Bounds the memory of incomplete messages, per caller and in total, and their time. Otherwise one
 * certificate could fill the memory with calls that it never completes.
 */
export class HalfSent {
  readonly #calls = new Map<HalfSentCall, PartialMessages>();
  readonly #ofCaller = new Map<string, number>();
  readonly #timer = setInterval(() => this.#look(), LOOK_EVERY_MS).unref();
  #bytes = 0;

  /** Records that a call now holds `bytes`. Returns whether it may. */
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

  /** Releases a call that is complete, refused or gone. */
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
