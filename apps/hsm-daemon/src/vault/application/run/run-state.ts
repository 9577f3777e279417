import type { DaemonState } from '@ramz/custody';
import { HeldAnchor } from '../../store/held-anchor.ts';
import { unlessUnavailable } from '../../store/store-errors.ts';
import { CHECKPOINT_EVERY, signCheckpoint } from '../audit/checkpoint.ts';
import type { Draft } from '../batch/batch.ts';
import { commitBatch } from '../batch/commit-batch.ts';
import type { VaultPorts } from '../batch/ports.ts';
import { AnchoredTime, writeAnchor } from '../batch/write-anchor.ts';
import type { KeyHolder } from '../keys/key-holder.ts';
import type { OpenKeys } from '../keys/open-keys.ts';
import { recordStart, unsealByRootKeeper } from './begin-run.ts';
import { DaemonTime } from './daemon-time.ts';
import { WallClock } from './wall-clock.ts';

/**
 * One run of the vault: its keys while they are open, whether its clock can be trusted, and why it
 * failed.
 */
export class RunState implements KeyHolder {
  /** With the daemon's time in place of the machine's clock, which may be set back. */
  readonly ports: VaultPorts;
  readonly clock: WallClock;
  #keys: OpenKeys | undefined;
  #failure = '';
  /**
   * Set when the store was rolled back and an operator said so: only a restore ceremony releases
   * it.
   */
  #held: HeldAnchor | undefined;
  readonly #anchored = new AnchoredTime();
  #whySealed = '';
  #checkpointAt: number;

  private constructor(ports: VaultPorts, clock: WallClock, held: HeldAnchor | undefined) {
    this.ports = ports;
    this.clock = clock;
    this.#held = held;
    this.#checkpointAt = ports.ledger.logSize + CHECKPOINT_EVERY;
  }

  /** @param rolledBack the store is older than its anchor, and a restore ceremony must be held */
  static async start(given: VaultPorts, rolledBack: boolean): Promise<RunState> {
    const held = rolledBack ? new HeldAnchor(given.anchor) : undefined;
    const anchored = held === undefined ? given : { ...given, anchor: held };
    const time = await DaemonTime.start(anchored);
    const ports = { ...anchored, nowMs: () => time.nowMs() };
    const run = new RunState(ports, await WallClock.start(ports, time), held);
    await commitBatch(ports, ports.nowMs(), async (draft) => {
      await recordStart(draft, ports);
      if (held !== undefined) return;
      const { keys, whyNot } = await unsealByRootKeeper(draft, ports);
      run.#keys = keys;
      run.#whySealed = whyNot;
    });
    writeAnchor(ports, ports.nowMs());
    return run;
  }

  get state(): DaemonState {
    if (this.#failure !== '') return 'failed';
    const { keys } = this.ports.ledger;
    if (keys?.destroyed === true) return 'destroyed';
    if (this.#held !== undefined) return 'restoring';
    if (this.#keys !== undefined) return this.clock.hasJumped ? 'clock-jumped' : 'operational';
    return keys === undefined ? 'uninitialised' : 'sealed';
  }

  /** Why the vault started sealed although a root keeper was to open it; empty otherwise. */
  get whySealed(): string {
    return this.state === 'sealed' ? this.#whySealed : '';
  }

  get openKeys(): OpenKeys | undefined {
    return this.#keys;
  }

  /** Empty while it has not failed. */
  get failure(): string {
    return this.#failure;
  }

  open(keys: OpenKeys): void {
    this.#keys?.wipe();
    this.#keys = keys;
    if (this.#held === undefined) return;
    this.#held.release();
    this.#held = undefined;
    writeAnchor(this.ports, this.ports.nowMs());
  }

  /**
   * Seals the vault. This is the brake: the keys are wiped even when the log entry cannot be
   * written.
   */
  seal(draft: Draft, why: string): void {
    draft.recordAct({ act: 'sealed', detail: why });
    draft.afterCommit(
      () => this.signLast().finally(() => this.#wipeKeys()),
      () => this.#wipeKeys(),
    );
  }

  sealNow(why: string): Promise<void> {
    return commitBatch(this.ports, this.ports.nowMs(), (draft) => this.seal(draft, why));
  }

  async acceptClock(draft: Draft): Promise<void> {
    const { jump, others } = await this.clock.beforeAccepted();
    draft.recordAct({ act: 'clock-accepted', detail: jump, atMs: this.clock.read().wallMs });
    draft.afterCommit(() => {
      this.clock.accept(others);
      writeAnchor(this.ports, this.ports.nowMs());
    });
  }

  async destroyed(): Promise<void> {
    await this.signLast();
    this.#wipeKeys();
  }

  /** Fails the vault, from any state and for good: every key is wiped. */
  fail(failure: string): void {
    this.#failure = failure;
    this.#wipeKeys();
  }

  /**
   * Does the work that can wait until after the answers. Called between batches. The next batch
   * notices a store that does not answer.
   */
  tidy(): Promise<void> {
    return unlessUnavailable(async () => {
      const { ledger, nowMs } = this.ports;
      await ledger.tidy(nowMs());
      const isSound = !this.clock.hasJumped && this.#held === undefined && this.#failure === '';
      if (isSound) this.#anchored.keep(this.ports, nowMs());
      if (this.#keys !== undefined && ledger.logSize >= this.#checkpointAt) await this.#signCheckpoint(this.#keys);
    });
  }

  /** Signs the end of the log while the audit key is open. */
  signLast(): Promise<void> {
    return unlessUnavailable(async () => {
      if (this.#keys !== undefined) await this.#signCheckpoint(this.#keys);
    });
  }

  wipe(): void {
    this.#keys?.wipe();
  }

  async #signCheckpoint(keys: OpenKeys): Promise<void> {
    await signCheckpoint(keys.keyring.audit, this.ports);
    this.#checkpointAt = this.ports.ledger.logSize + CHECKPOINT_EVERY;
  }

  #wipeKeys(): void {
    this.#keys?.wipe();
    this.#keys = undefined;
    // The audit key is in an object of the runtime, which wipes it when it is garbage-collected:
    // force that now.
    this.ports.collectGarbage();
  }
}
