import type { DeviceProfile } from '../profile/device-profile.ts';
import type { BodyInTime } from './body-in-time.ts';
import type { DeviceEventKind } from './device-event.ts';
import { HYSTERESIS_V } from './next-turn.ts';
import { isOverheated } from './physical.ts';
import type { RunningProgram } from './running-program.ts';

/** The time on a clock that was reset. */
const CLOCK_RESET_MS = Date.UTC(2000, 0, 1);

/** Watches a token's supply for brown-out and return, and its age for the end of its life. */
export class SupplyWatch {
  readonly #body: BodyInTime;
  readonly #program: RunningProgram;
  readonly #profile: DeviceProfile;
  readonly #tell: (kind: DeviceEventKind, detail: string) => void;

  constructor(
    body: BodyInTime,
    program: RunningProgram,
    profile: DeviceProfile,
    tell: (kind: DeviceEventKind, detail: string) => void,
  ) {
    this.#body = body;
    this.#program = program;
    this.#profile = profile;
    this.#tell = tell;
  }

  /** Checks heat, supply and date. Called whenever one of them may have changed. */
  look(): void {
    this.#endByHeat();
    const volts = this.#body.supplyVolts(this.#program.loadMicroamps);
    const isPowered = this.#program.state.name !== 'off';
    const { brownout_V: brownoutVolts } = this.#profile.battery;
    if (isPowered && volts < brownoutVolts) this.#losePower(volts);
    else if (!isPowered && this.#canWake) this.#returnPower();
    if (!this.#body.hasOutlived || this.#program.state.name === 'off' || this.#hasExpired) return;
    if (this.#program.happen({ kind: 'life-ended' }).length > 0) this.#tell('expired', 'by its date');
  }

  get #canWake(): boolean {
    const volts = this.#body.supplyVolts(this.#program.wakingMicroamps);
    return volts >= this.#profile.battery.brownout_V + HYSTERESIS_V;
  }

  #endByHeat(): void {
    const { physical } = this.#body;
    if (physical.isBroken || !isOverheated(physical)) return;
    this.#body.change({ isBroken: true });
    this.#tell('broken', 'heat beyond its storage range');
  }

  /** True also while the message about it is on the glass. */
  get #hasExpired(): boolean {
    const { state } = this.#program;
    return state.name === 'expired' || (state.name === 'message' && state.kept.name === 'expired');
  }

  #losePower(volts: number): void {
    this.#program.happen({ kind: 'power-lost' });
    this.#tell('power-lost', this.#whyLost(volts));
  }

  #whyLost(volts: number): string {
    const { usedMah, cell, isContactLost } = this.#body.physical;
    if (isContactLost) return 'the cell has no contact';
    return usedMah >= cell.capacityMah ? 'the cell is empty' : `${volts.toFixed(2)} V`;
  }

  /** Restores power. The clock continues or is reset, as the profile says. This is not a press. */
  #returnPower(): void {
    if (this.#profile.clock.after_power_loss === 'reset')
      this.#body.change({ clockMs: CLOCK_RESET_MS, gainedSeconds: 0 });
    this.#program.happen({ kind: 'power-returned' });
    this.#tell('power-returned', this.#program.state.name);
  }
}
