import { type ClockReading, type ClockWatch, lookAtClock, watchFrom } from '../../domain/clock/clock-watch.ts';
import { type AcceptedApart, farthestApart, isTooFar, type OtherClock } from '../../domain/clock/compare-clocks.ts';
import { commitBatch } from '../batch/commit-batch.ts';
import type { VaultPorts } from '../batch/ports.ts';
import type { DaemonTime } from './daemon-time.ts';

/** Often enough for a clock that is set by hand; each comparison costs a statement. */
const COMPARE_EVERY_MS = 5_000;

/**
 * Watches the machine's clock between batches: against the monotonic clock and, on a shared store,
 * against the clocks of the other daemons and the server. A jump lasts until people accept it.
 */
export class WallClock {
  readonly #ports: Pick<VaultPorts, 'ledger' | 'anchor' | 'profile' | 'monotonicMs'>;
  readonly #time: DaemonTime;
  #watch: ClockWatch;
  /** How far it jumped, in words; undefined while it has not. */
  #jump: string | undefined;
  #isLogged: boolean;
  #comparedAtMs = Number.NEGATIVE_INFINITY;
  #acceptedMs: AcceptedApart = new Map();

  private constructor(
    ports: Pick<VaultPorts, 'ledger' | 'anchor' | 'profile' | 'monotonicMs'>,
    time: DaemonTime,
    jump: string | undefined,
    isLogged: boolean,
  ) {
    this.#ports = ports;
    this.#time = time;
    this.#watch = watchFrom(this.read());
    this.#jump = jump;
    this.#isLogged = isLogged;
  }

  /**
   * Decides at a start whether the clock can be trusted, by the times seen before and by the other
   * clocks.
   * @throws StoreUnavailable
   */
  static async start(
    ports: Pick<VaultPorts, 'ledger' | 'anchor' | 'profile' | 'monotonicMs'>,
    time: DaemonTime,
  ): Promise<WallClock> {
    if (await hasOpenJump(ports)) return new WallClock(ports, time, 'before the last start', true);
    const { behindMs } = time;
    const jump = behindMs > ports.profile.jumpMaxMs ? jumpText(-behindMs) : undefined;
    const clock = new WallClock(ports, time, jump, false);
    await clock.compare();
    return clock;
  }

  get hasJumped(): boolean {
    return this.#jump !== undefined;
  }

  read(): ClockReading {
    return { wallMs: this.#time.wallMs(), monotonicMs: this.#ports.monotonicMs() };
  }

  /** Checks this reading of the clock, before a batch decides anything by it. */
  look(reading: ClockReading): void {
    if (this.hasJumped) return;
    const { watch, jumpMs } = lookAtClock(this.#watch, reading, this.#ports.profile.jumpMaxMs);
    this.#watch = watch;
    if (jumpMs === 0) this.#time.see(reading.wallMs);
    else this.#jumped(jumpText(jumpMs));
  }

  /**
   * Compares with the other clocks that can be seen, every few seconds.
   * @throws StoreUnavailable
   */
  async compare(): Promise<void> {
    const nowMs = this.#ports.monotonicMs();
    if (this.hasJumped || nowMs - this.#comparedAtMs < COMPARE_EVERY_MS) return;
    this.#comparedAtMs = nowMs;
    const { ledger, profile } = this.#ports;
    const isBelieved = (server: OtherClock) => !isTooFar(server, this.#acceptedMs, profile.jumpMaxMs);
    const clocks = await ledger.otherClocks(() => this.#time.wallMs(), isBelieved);
    const apart = farthestApart(clocks, this.#acceptedMs, profile.jumpMaxMs);
    if (apart !== undefined) this.#jumped(`${jumpText(apart.apartMs)} against ${apart.whose}`);
  }

  /**
   * Compares the clock and records a jump, before a batch is decided: the store answers now.
   * @throws StoreUnavailable
   */
  async check(nowMs: number): Promise<void> {
    await this.compare();
    await this.noteJump(nowMs);
  }

  /**
   * Records a jump that the log does not have yet. The entry is durable on its own, even when the
   * commands fail.
   */
  async noteJump(nowMs: number): Promise<void> {
    if (this.#jump === undefined || this.#isLogged) return;
    const detail = this.#jump;
    await commitBatch(this.#ports, nowMs, (draft) => void draft.recordAct({ act: 'clock-jumped', detail }));
    this.#isLogged = true;
  }

  /**
   * Returns what is accepted: how far the clock jumped, and the other clocks as they are.
   * @throws StoreUnavailable
   */
  async beforeAccepted(): Promise<{ readonly jump: string; readonly others: readonly OtherClock[] }> {
    const others = await this.#ports.ledger.otherClocks(
      () => this.#time.wallMs(),
      () => true,
    );
    return { jump: this.#jump ?? '', others };
  }

  /**
   * Accepts the clock as it is now, and its present distance from the others. Called after the log
   * has it.
   */
  accept(others: readonly OtherClock[]): void {
    this.#acceptedMs = new Map(others.map(({ whose, apartMs }) => [whose, apartMs]));
    this.#time.accept();
    this.#watch = watchFrom(this.read());
    this.#jump = undefined;
  }

  #jumped(jump: string): void {
    this.#jump = jump;
    this.#isLogged = false;
  }
}

/**
 * Returns whether a jump is not accepted yet: it outlives a restart. The log says how far it was.
 */
async function hasOpenJump({ ledger }: Pick<VaultPorts, 'ledger'>): Promise<boolean> {
  return (await ledger.latestEvent(['clock-jumped', 'clock-accepted']))?.kind === 'clock-jumped';
}

function jumpText(jumpMs: number): string {
  return `by ${jumpMs > 0 ? '+' : ''}${(jumpMs / 1000).toFixed(3)} s`;
}
