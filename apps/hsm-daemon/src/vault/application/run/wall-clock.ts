import { type ClockReading, type ClockWatch, lookAtClock, watchFrom } from '../../domain/clock/clock-watch.ts';
import { type AcceptedApart, farthestApart, isTooFar, type OtherClock } from '../../domain/clock/compare-clocks.ts';
import { commitBatch } from '../batch/commit-batch.ts';
import type { VaultPorts } from '../batch/ports.ts';
import type { DaemonTime } from './daemon-time.ts';

/** Often enough for a clock that somebody sets; each time costs a statement. */
const COMPARE_EVERY_MS = 5_000;

/**
 * Watches the machine's clock between batches: against the monotonic clock, and on a shared store against the other daemons'
 * clocks and the server's. Once it has jumped, it has until somebody accepts it.
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

  /** Whether the clock can be believed at a start: by what was seen before, and by the others. @throws StoreUnavailable */
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

  /** Before a batch decides anything by the clock: by this very reading of it. */
  look(reading: ClockReading): void {
    if (this.hasJumped) return;
    const { watch, jumpMs } = lookAtClock(this.#watch, reading, this.#ports.profile.jumpMaxMs);
    this.#watch = watch;
    if (jumpMs === 0) this.#time.see(reading.wallMs);
    else this.#jumped(jumpText(jumpMs));
  }

  /** With the other clocks that can be seen, every few seconds. @throws StoreUnavailable */
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

  /** What is known of it once the store answers: before a batch is decided. @throws StoreUnavailable */
  async check(nowMs: number): Promise<void> {
    await this.compare();
    await this.noteJump(nowMs);
  }

  /** Writes down a jump that the log does not have yet: durable by itself, whatever becomes of the commands. */
  async noteJump(nowMs: number): Promise<void> {
    if (this.#jump === undefined || this.#isLogged) return;
    const detail = this.#jump;
    await commitBatch(this.#ports, nowMs, (draft) => void draft.recordAct({ act: 'clock-jumped', detail }));
    this.#isLogged = true;
  }

  /** What is accepted: how far it jumped, and the other clocks as they are. @throws StoreUnavailable */
  async beforeAccepted(): Promise<{ readonly jump: string; readonly others: readonly OtherClock[] }> {
    const others = await this.#ports.ledger.otherClocks(
      () => this.#time.wallMs(),
      () => true,
    );
    return { jump: this.#jump ?? '', others };
  }

  /** After the log has it: the clock is right as it is now, and so far apart from others it may stay. */
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

/** A jump that nobody has accepted outlives a restart. How far it was, the log tells. */
async function hasOpenJump({ ledger }: Pick<VaultPorts, 'ledger'>): Promise<boolean> {
  return (await ledger.latestEvent(['clock-jumped', 'clock-accepted']))?.kind === 'clock-jumped';
}

function jumpText(jumpMs: number): string {
  return `by ${jumpMs > 0 ? '+' : ''}${(jumpMs / 1000).toFixed(3)} s`;
}
