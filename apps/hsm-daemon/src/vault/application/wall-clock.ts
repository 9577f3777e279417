import { type ClockReading, type ClockWatch, lookAtClock, watchFrom } from '../domain/clock/clock-watch.ts';
import { Draft } from './draft.ts';
import type { VaultPorts } from './ports.ts';

/** Watches the machine's clock between batches: once it has jumped, it has until somebody accepts it. */
export class WallClock {
  readonly #ports: VaultPorts;
  #watch: ClockWatch;
  /** How far it jumped, in words; undefined while it has not. */
  #jump: string | undefined;
  #is_logged: boolean;

  private constructor(ports: VaultPorts, jump: string | undefined, is_logged: boolean) {
    this.#ports = ports;
    this.#watch = watchFrom(this.read());
    this.#jump = jump;
    this.#is_logged = is_logged;
  }

  static async start(ports: VaultPorts): Promise<WallClock> {
    if (await hasOpenJump(ports)) return new WallClock(ports, 'before the last start', true);
    return new WallClock(ports, jumpText(await behindLog(ports)), false);
  }

  get has_jumped(): boolean {
    return this.#jump !== undefined;
  }

  read(): ClockReading {
    return { wall_ms: this.#ports.now_ms(), monotonic_ms: this.#ports.monotonic_ms() };
  }

  /** Before a batch decides anything by the clock: by this very reading of it. */
  look(reading: ClockReading): void {
    if (!this.has_jumped) {
      const { watch, jump_ms } = lookAtClock(this.#watch, reading, this.#ports.profile.jump_max_ms);
      this.#watch = watch;
      this.#jump = jumpText(jump_ms);
      this.#is_logged = false;
    }
  }

  /** Writes down a jump that the log does not have yet: durable by itself, whatever becomes of the commands. */
  async noteJump(now_ms: number): Promise<void> {
    if (this.#jump === undefined || this.#is_logged) return;
    const draft = new Draft(this.#ports, now_ms);
    draft.recordAct({ act: 'clock-jumped', detail: this.#jump });
    await draft.commit();
    this.#is_logged = true;
  }

  /** How far it jumped, in words. */
  get jump(): string {
    return this.#jump ?? '';
  }

  /** After the log has it: the clock is right as it is now. */
  accept(): void {
    this.#watch = watchFrom(this.read());
    this.#jump = undefined;
  }
}

/** A jump that nobody has accepted outlives a restart. How far it was, the log tells. */
async function hasOpenJump({ ledger }: VaultPorts): Promise<boolean> {
  return (await ledger.latestEvent(['clock-jumped', 'clock-accepted']))?.kind === 'clock-jumped';
}

/** The monotonic clock begins anew with each start; but what is in the log has been. */
async function behindLog({ ledger, profile, now_ms }: VaultPorts): Promise<number> {
  if (ledger.log_size === 0) return 0;
  const last = await ledger.entry(ledger.log_size - 1);
  const behind_ms = now_ms() - last.at_ms;
  return behind_ms < -profile.jump_max_ms ? behind_ms : 0;
}

function jumpText(jump_ms: number): string | undefined {
  if (jump_ms === 0) return undefined;
  return `by ${jump_ms > 0 ? '+' : ''}${(jump_ms / 1000).toFixed(3)} s`;
}
