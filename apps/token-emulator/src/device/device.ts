import { CustodyError, RecipientKeys } from '@ramz/custody';
import type { Secret } from '@ramz/otp-core';
import { step, type TokenEffect, type TokenEvent } from '../firmware/token-machine.ts';
import { type Provision, type Display as Shown, type TokenState } from '../firmware/token-state.ts';
import { EventQueue } from '../kernel/event-queue.ts';
import type { Instant_ms } from '../kernel/instant.ts';

/** What is printed on the case, and what it was made with. */
export interface DeviceIdentity {
  readonly serial: string;
  readonly firmware_version: string;
}

/**
 * A token: its program, its clock and its own key pair. Time is virtual and moves only when it is told to.
 */
export class Device {
  readonly identity: DeviceIdentity;
  readonly #keys: RecipientKeys;
  readonly #ahead = new EventQueue<TokenEvent>();
  #state: TokenState = { name: 'blank' };
  #now: Instant_ms;

  private constructor(identity: DeviceIdentity, keys: RecipientKeys, now: Instant_ms) {
    this.identity = identity;
    this.#keys = keys;
    this.#now = now;
  }

  /** A new device; its key pair is made inside it, as at the factory. */
  static async make(identity: DeviceIdentity, now: Instant_ms): Promise<Device> {
    return new Device(identity, await RecipientKeys.make(), now);
  }

  get public_key(): Uint8Array {
    return this.#keys.public_key;
  }

  get now(): Instant_ms {
    return this.#now;
  }

  get state_name(): TokenState['name'] {
    return this.#state.name;
  }

  get enrolment_id(): string {
    return 'provision' in this.#state ? this.#state.provision.enrolment_id : '';
  }

  /** What a person looking at the glass sees; undefined when it is dark. */
  get display(): Shown | undefined {
    return this.#state.name === 'showing' ? this.#state.display : undefined;
  }

  /** Lets virtual time pass. Everything that was to happen until then happens, in order. */
  runUntil(until: Instant_ms): void {
    if (until < this.#now) throw new RangeError('virtual time does not go back');
    for (let next = this.#ahead.takeUntil(until); next !== undefined; next = this.#ahead.takeUntil(until)) {
      this.#now = next.at;
      this.#happen(next.event);
    }
    this.#now = until;
  }

  pressButton(): void {
    this.#happen({ kind: 'button-pressed' });
  }

  /** Loads a seed. @returns false when the envelope was not sealed for this device and enrolment */
  async provision(provision: Provision, envelope: Uint8Array): Promise<boolean> {
    const effects = this.#happen({ kind: 'provision', provision, envelope });
    for (const effect of effects) {
      if (effect.kind !== 'open-envelope') continue;
      const seed = await this.#open(effect.envelope, effect.context);
      this.#happen(seed === undefined ? { kind: 'seed-refused' } : { kind: 'seed-opened', seed });
      return seed !== undefined;
    }
    return false;
  }

  #happen(event: TokenEvent): readonly TokenEffect[] {
    const { state, effects } = step(this.#state, event, this.#now);
    this.#state = state;
    for (const effect of effects) {
      if (effect.kind !== 'schedule-display-timeout') continue;
      this.#ahead.cancel(({ kind }) => kind === 'display-timeout');
      this.#ahead.schedule(effect.at, { kind: 'display-timeout' });
    }
    return effects;
  }

  async #open(envelope: Uint8Array, context: string): Promise<Secret | undefined> {
    try {
      return await this.#keys.open('seed', envelope, context);
    } catch (error) {
      if (error instanceof CustodyError) return undefined;
      throw error;
    }
  }
}
