import { type ClockReading, type ClockWatch, lookAtClock, watchFrom } from '../domain/clock/clock-watch.ts';
import type { Draft } from './draft.ts';
import type { VaultPorts } from './ports.ts';

/** Watches the machine's clock between batches: once it has jumped, it has until somebody accepts it. */
export class WallClock {
  readonly #ports: VaultPorts;
  #watch: ClockWatch;
  /** How far it jumped, in words; undefined while it has not. */
  #jump: string | undefined;

  constructor(ports: VaultPorts) {
    this.#ports = ports;
    this.#watch = watchFrom(this.read());
    this.#jump = this.#hasOpenJump() ? 'before the last start' : jumpText(this.#behindLog());
  }

  get has_jumped(): boolean {
    return this.#jump !== undefined;
  }

  read(): ClockReading {
    return { wall_ms: this.#ports.now_ms(), monotonic_ms: this.#ports.monotonic_ms() };
  }

  /** Before a batch decides anything by the clock: by this very reading of it. */
  look(reading: ClockReading, draft: Draft): void {
    if (this.has_jumped) return;
    const { watch, jump_ms } = lookAtClock(this.#watch, reading, this.#ports.profile.jump_max_ms);
    this.#watch = watch;
    this.#jump = jumpText(jump_ms);
    if (this.#jump !== undefined) draft.recordAct({ act: 'clock-jumped', detail: this.#jump });
  }

  accept(draft: Draft): void {
    draft.recordAct({ act: 'clock-accepted', detail: this.#jump ?? '' });
    this.#watch = watchFrom(this.read());
    this.#jump = undefined;
  }

  /** A jump that nobody has accepted outlives a restart. How far it was, the log tells. */
  #hasOpenJump(): boolean {
    return this.#ports.ledger.latestEvent(['clock-jumped', 'clock-accepted'])?.kind === 'clock-jumped';
  }

  /** The monotonic clock begins anew with each start; but what is in the log has been. */
  #behindLog(): number {
    const { ledger, profile } = this.#ports;
    if (ledger.log_size === 0) return 0;
    const behind_ms = this.#ports.now_ms() - ledger.entry(ledger.log_size - 1).at_ms;
    return behind_ms < -profile.jump_max_ms ? behind_ms : 0;
  }
}

function jumpText(jump_ms: number): string | undefined {
  if (jump_ms === 0) return undefined;
  return `by ${jump_ms > 0 ? '+' : ''}${(jump_ms / 1000).toFixed(3)} s`;
}
