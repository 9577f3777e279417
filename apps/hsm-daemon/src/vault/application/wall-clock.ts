import { type ClockReading, type ClockWatch, lookAtClock, watchFrom } from '../domain/clock/clock-watch.ts';
import { type AcceptedApart, farthestApart, isTooFar, type OtherClock } from '../domain/clock/compare-clocks.ts';
import type { DaemonTime } from './daemon-time.ts';
import { Draft } from './draft.ts';
import type { VaultPorts } from './ports.ts';

/** Often enough for a clock that somebody sets; each time costs a statement. */
const COMPARE_EVERY_MS = 5_000;

/**
 * Watches the machine's clock between batches: against the monotonic clock, and on a shared store against the other daemons'
 * clocks and the server's. Once it has jumped, it has until somebody accepts it.
 */
export class WallClock {
  readonly #ports: VaultPorts;
  readonly #time: DaemonTime;
  #watch: ClockWatch;
  /** How far it jumped, in words; undefined while it has not. */
  #jump: string | undefined;
  #is_logged: boolean;
  #compared_at_ms = Number.NEGATIVE_INFINITY;
  #accepted_ms: AcceptedApart = new Map();

  private constructor(ports: VaultPorts, time: DaemonTime, jump: string | undefined, is_logged: boolean) {
    this.#ports = ports;
    this.#time = time;
    this.#watch = watchFrom(this.read());
    this.#jump = jump;
    this.#is_logged = is_logged;
  }

  /** Whether the clock can be believed at a start: by what was seen before, and by the others. @throws StoreUnavailable */
  static async start(ports: VaultPorts, time: DaemonTime): Promise<WallClock> {
    if (await hasOpenJump(ports)) return new WallClock(ports, time, 'before the last start', true);
    const { behind_ms } = time;
    const jump = behind_ms > ports.profile.jump_max_ms ? jumpText(-behind_ms) : undefined;
    const clock = new WallClock(ports, time, jump, false);
    await clock.compare();
    return clock;
  }

  get has_jumped(): boolean {
    return this.#jump !== undefined;
  }

  read(): ClockReading {
    return { wall_ms: this.#time.wall_ms(), monotonic_ms: this.#ports.monotonic_ms() };
  }

  /** Before a batch decides anything by the clock: by this very reading of it. */
  look(reading: ClockReading): void {
    if (this.has_jumped) return;
    const { watch, jump_ms } = lookAtClock(this.#watch, reading, this.#ports.profile.jump_max_ms);
    this.#watch = watch;
    if (jump_ms === 0) this.#time.see(reading.wall_ms);
    else this.#jumped(jumpText(jump_ms));
  }

  /** With the other clocks that can be seen, every few seconds. @throws StoreUnavailable */
  async compare(): Promise<void> {
    const now_ms = this.#ports.monotonic_ms();
    if (this.has_jumped || now_ms - this.#compared_at_ms < COMPARE_EVERY_MS) return;
    this.#compared_at_ms = now_ms;
    const { ledger, profile } = this.#ports;
    const isBelieved = (server: OtherClock) => !isTooFar(server, this.#accepted_ms, profile.jump_max_ms);
    const clocks = await ledger.otherClocks(() => this.#time.wall_ms(), isBelieved);
    const apart = farthestApart(clocks, this.#accepted_ms, profile.jump_max_ms);
    if (apart !== undefined) this.#jumped(`${jumpText(apart.apart_ms)} against ${apart.whose}`);
  }

  /** Writes down a jump that the log does not have yet: durable by itself, whatever becomes of the commands. */
  async noteJump(now_ms: number): Promise<void> {
    if (this.#jump === undefined || this.#is_logged) return;
    const draft = new Draft(this.#ports, now_ms);
    draft.recordAct({ act: 'clock-jumped', detail: this.#jump });
    await draft.commit();
    this.#is_logged = true;
  }

  /** What is accepted: how far it jumped, and the other clocks as they are. @throws StoreUnavailable */
  async beforeAccepted(): Promise<{ readonly jump: string; readonly others: readonly OtherClock[] }> {
    const others = await this.#ports.ledger.otherClocks(
      () => this.#time.wall_ms(),
      () => true,
    );
    return { jump: this.#jump ?? '', others };
  }

  /** After the log has it: the clock is right as it is now, and so far apart from others it may stay. */
  accept(others: readonly OtherClock[]): void {
    this.#accepted_ms = new Map(others.map(({ whose, apart_ms }) => [whose, apart_ms]));
    this.#time.accept();
    this.#watch = watchFrom(this.read());
    this.#jump = undefined;
  }

  #jumped(jump: string): void {
    this.#jump = jump;
    this.#is_logged = false;
  }
}

/** A jump that nobody has accepted outlives a restart. How far it was, the log tells. */
async function hasOpenJump({ ledger }: VaultPorts): Promise<boolean> {
  return (await ledger.latestEvent(['clock-jumped', 'clock-accepted']))?.kind === 'clock-jumped';
}

function jumpText(jump_ms: number): string {
  return `by ${jump_ms > 0 ? '+' : ''}${(jump_ms / 1000).toFixed(3)} s`;
}
