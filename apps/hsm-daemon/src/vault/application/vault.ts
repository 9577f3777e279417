import type { DaemonState } from '@ramz/custody';
import { ADMITTED_IN } from '../../boundary/admitted-in.ts';
import type { Command, Reply } from '../../boundary/commands.ts';
import { HeldAnchor } from '../store/held-anchor.ts';
import { NOTHING_TO_LOAD } from '../store/ledger.ts';
import { LogBroken } from '../store/log-broken.ts';
import { decidedAgain, RaceLost } from '../store/race-lost.ts';
import { StoreUnavailable, unlessUnavailable } from '../store/store-unavailable.ts';
import { type AnswerContext, answerCommand } from './answer-command.ts';
import { answerOffline } from './answer-offline.ts';
import { CHECKPOINT_EVERY, signCheckpoint } from './audit/checkpoint.ts';
import { Draft } from './batch/batch.ts';
import { isCommand, noCommand } from './batch/check-command.ts';
import { commandGroups } from './batch/command-groups.ts';
import { Fault, fault, faultOf } from './batch/fault.ts';
import type { VaultPorts } from './batch/ports.ts';
import { whyNotNow } from './batch/why-not-now.ts';
import { AnchoredTime, writeAnchor } from './batch/write-anchor.ts';
import { writeDown } from './batch/write-down.ts';
import { assertNotBlocked } from './ceremony/block-callers.ts';
import { CustodyDesk } from './ceremony/custody-desk.ts';
import { StatementIntake } from './ceremony/statement-intake.ts';
import type { KeyHolder } from './keys/key-holder.ts';
import type { OpenKeys } from './keys/open-keys.ts';
import { recordStart, unsealByRootKeeper } from './run/begin-run.ts';
import { DaemonTime } from './run/daemon-time.ts';
import { statusOf } from './run/status-of.ts';
import { WallClock } from './run/wall-clock.ts';
import { admitCalls } from './verification/admit-calls.ts';
import { LockBudget } from './verification/lock-budget.ts';
import { type CommandPlan, loadRequestOf, planGroup } from './verification/plan-command.ts';
import { prepareKeys } from './verification/prepare-keys.ts';

/**
 * The vault: its state, its keys, and the batches it decides. One batch at a time; `answer` returns only
 * when everything the batch did is durable.
 */
export class Vault implements KeyHolder {
  readonly #ports: VaultPorts;
  readonly #desk: CustodyDesk;
  readonly #statements: StatementIntake;
  #keys: OpenKeys | undefined;
  #failure = '';
  readonly #anchored = new AnchoredTime();
  /** A store that was rolled back, and an operator who says so: only a restore leads on. */
  #held: HeldAnchor | undefined;
  #checkpointAt: number;
  readonly #clock: WallClock;
  readonly #locks: LockBudget;
  readonly #answering: AnswerContext;

  private constructor(ports: VaultPorts, held: HeldAnchor | undefined, clock: WallClock) {
    this.#ports = ports;
    this.#desk = new CustodyDesk(ports, this);
    this.#statements = new StatementIntake(this.#desk, ports, () => this.state);
    this.#held = held;
    this.#checkpointAt = ports.ledger.logSize + CHECKPOINT_EVERY;
    this.#clock = clock;
    this.#locks = new LockBudget(ports.profile.locks);
    this.#answering = {
      holder: this,
      statements: this.#statements,
      locks: this.#locks,
      ports,
      status: () => this.#status(),
      fail: (failure) => this.#fail(failure),
    };
  }

  /** @param rolledBack the store is older than its anchor, and a restore ceremony is to be held */
  static async start(ports: VaultPorts, rolledBack = false): Promise<Vault> {
    const held = rolledBack ? new HeldAnchor(ports.anchor) : undefined;
    const anchored = held === undefined ? ports : { ...ports, anchor: held };
    const time = await DaemonTime.start(anchored);
    // Decisions never use the machine's clock directly: it may stand back.
    const own = { ...anchored, nowMs: () => time.nowMs() };
    const vault = new Vault(own, held, await WallClock.start(own, time));
    await vault.#begin();
    return vault;
  }

  get state(): DaemonState {
    if (this.#failure !== '') return 'failed';
    const { keys } = this.#ports.ledger;
    if (keys?.destroyed === true) return 'destroyed';
    if (this.#held !== undefined) return 'restoring';
    if (this.#keys !== undefined) return this.#clock.hasJumped ? 'clock-jumped' : 'operational';
    return keys === undefined ? 'uninitialised' : 'sealed';
  }

  get openKeys(): OpenKeys | undefined {
    return this.#keys;
  }

  async answer(batch: readonly Command[]): Promise<Reply[]> {
    const reading = this.#clock.read();
    this.#clock.look(reading);
    const replies: Reply[] = [];
    const nowMs = this.#ports.nowMs();
    for (const group of commandGroups(batch.filter(isCommand)))
      replies.push(...(await this.#answerGroup(group, nowMs)));
    const next = replies.values();
    return batch.map((command) => (isCommand(command) ? (next.next().value as Reply) : noCommand(this.state)));
  }

  /** Between batches: what may be done later than the answers. A store that does not answer is found by the next one. */
  tidy(): Promise<void> {
    return unlessUnavailable(async () => {
      const { ledger, nowMs } = this.#ports;
      await ledger.tidy(nowMs());
      const isSound = !this.#clock.hasJumped && this.#held === undefined && this.#failure === '';
      if (isSound) this.#anchored.keep(this.#ports, nowMs());
      if (this.#keys !== undefined && ledger.logSize >= this.#checkpointAt) await this.#signCheckpoint(this.#keys);
    });
  }

  async stop(): Promise<void> {
    const { version, software, ledger, anchor } = this.#ports;
    const ceremony = this.#desk.breakOff('the daemon stopped');
    const isSound = this.#failure === '';
    const written = await writeDown(this.#ports, (draft) => {
      if (ceremony !== '') draft.recordAct({ ceremony, act: 'abandoned', detail: 'the daemon stopped' });
      if (isSound) draft.record({ kind: 'daemon', atMs: draft.nowMs, act: 'stopped', version, software });
    });
    if (written) await this.#signLast();
    this.#keys?.wipe();
    this.#desk.wipe();
    await ledger.close();
    anchor.close();
  }

  open(keys: OpenKeys): void {
    this.#keys?.wipe();
    this.#keys = keys;
    if (this.#held === undefined) return;
    this.#held.release();
    this.#held = undefined;
    writeAnchor(this.#ports, this.#ports.nowMs());
  }

  abandonCeremony(why: string, draft: Draft): void {
    this.#desk.abandon(why, draft);
  }

  /** The brake: the keys are wiped, whether or not the log can be told. */
  async seal(draft: Draft, why = ''): Promise<void> {
    this.#desk.abandon('the daemon was sealed', draft);
    draft.recordAct({ act: 'sealed', detail: why });
    try {
      await draft.commit();
      await this.#signLast();
    } finally {
      this.#wipeKeys();
    }
  }

  async acceptClock(draft: Draft): Promise<void> {
    const { jump, others } = await this.#clock.beforeAccepted();
    draft.recordAct({ act: 'clock-accepted', detail: jump, atMs: this.#clock.read().wallMs });
    await draft.commit();
    this.#clock.accept(others);
    writeAnchor(this.#ports, this.#ports.nowMs());
  }

  async destroyed(): Promise<void> {
    await this.#signLast();
    this.#wipeKeys();
  }

  /** Commands that are durable together; who loses a race decides all again, and one of the two always gets on. */
  async #answerGroup(group: readonly Command[], nowMs: number): Promise<Reply[]> {
    try {
      return await decidedAgain(() => this.#tryGroup(group, nowMs));
    } catch (error) {
      if (error instanceof LogBroken) return this.#breakDown(error.message, group);
      if (!(error instanceof StoreUnavailable)) throw error;
      const [state, status] = [() => this.state, () => this.#status()];
      return answerOffline(group, { state, status, statements: this.#statements, ports: this.#ports });
    }
  }

  async #tryGroup(group: readonly Command[], nowMs: number): Promise<Reply[]> {
    const planned = planGroup(group, this, this.#failure, this.#ports);
    await this.#load(planned, nowMs);
    if (this.#failure === '') await this.#clock.compare();
    if (this.#failure === '') await this.#clock.noteJump(nowMs);
    const draft = new Draft(this.#ports, nowMs);
    const replies: Reply[] = [];
    const admitted = admitCalls(planned, draft, this.#ports);
    prepareKeys(admitted, draft, this, this.#ports);
    for (const plan of admitted) {
      // Most replies are there at once: to wait for each would cost it a turn of its own.
      const reply = this.#answerOne(plan, draft);
      replies.push(reply instanceof Promise ? await reply : reply);
    }
    try {
      await draft.commit();
    } catch (error) {
      // Also when it is not known whether they are durable: a store that fails each time is no way to lock more.
      if (!(error instanceof RaceLost)) this.#locks.noteBatch(draft, this.#ports.monotonicMs());
      throw error;
    }
    this.#locks.noteBatch(draft, this.#ports.monotonicMs());
    return replies;
  }

  /** The log is not what it was: nothing is added to it, and nothing is decided any more. */
  async #breakDown(failure: string, group: readonly Command[]): Promise<Reply[]> {
    this.#desk.breakOff(failure);
    this.#failure = failure;
    this.#wipeKeys();
    return this.#tryGroup(group, 0);
  }

  async #load(planned: readonly (CommandPlan | Fault)[], nowMs: number): Promise<void> {
    const { ledger } = this.#ports;
    if (this.#failure !== '') return;
    await ledger.load(
      this.#keys === undefined ? NOTHING_TO_LOAD : loadRequestOf(planned, nowMs, this.#keys, this.#ports),
    );
    if (this.#keys?.isOf(ledger.keys) !== false) return;
    // Another daemon rotated or withdrew a key: what is open here was opened before that.
    await this.seal(new Draft(this.#ports, this.#ports.nowMs()), 'another daemon changed the keys');
  }

  #answerOne(plan: CommandPlan | Fault, draft: Draft): Reply | Promise<Reply> {
    const { state } = this;
    try {
      if (plan instanceof Fault) throw plan;
      // What came before in this group may have changed it.
      if (!ADMITTED_IN[plan.command.kind].includes(state))
        throw new Fault('wrong-state', whyNotNow(state, this.#failure));
      assertNotBlocked(plan.command, this.#ports.ledger.keys);
      const reply = answerCommand(plan, draft, this.#answering);
      return reply instanceof Promise ? reply.catch((error) => this.#refused(error, state, draft)) : reply;
    } catch (error) {
      return this.#refused(error, state, draft);
    }
  }

  /** @throws what nobody foresaw */
  #refused(error: unknown, state: DaemonState, draft: Draft): Reply | Promise<Reply> {
    return error instanceof LogBroken ? this.#failBroken(error.message, draft) : faultOf(error, state);
  }

  /** The log cannot be read: it is told as far as it goes, and nothing is decided any more. */
  async #failBroken(failure: string, draft: Draft): Promise<Reply> {
    // What was recorded before has its places in the log.
    try {
      await draft.commit();
    } finally {
      await this.#fail(failure);
    }
    return fault('wrong-state', whyNotNow('failed', this.#failure), 'failed');
  }

  /** From anywhere, and not back: every key is wiped, and only the status is answered. */
  async #fail(failure: string): Promise<void> {
    const ceremony = this.#desk.breakOff(failure);
    this.#failure = failure;
    this.#wipeKeys();
    await writeDown(this.#ports, (draft) => {
      if (ceremony !== '') draft.recordAct({ ceremony, act: 'abandoned', detail: failure });
      draft.recordAct({ act: 'failed', detail: failure });
    });
  }

  #status(): Promise<Reply> {
    return statusOf({ state: this.state, failure: this.#failure, sharesGiven: this.#desk.given }, this.#ports);
  }

  async #begin(): Promise<void> {
    const draft = new Draft(this.#ports, this.#ports.nowMs());
    await recordStart(draft, this.#ports);
    if (this.#held === undefined) this.#keys = await unsealByRootKeeper(draft, this.#ports);
    await draft.commit();
    writeAnchor(this.#ports, this.#ports.nowMs());
  }

  async #signCheckpoint(keys: OpenKeys): Promise<void> {
    await signCheckpoint(keys.keyring.audit, this.#ports);
    this.#checkpointAt = this.#ports.ledger.logSize + CHECKPOINT_EVERY;
  }

  /** What was written last is signed, while the key is there. */
  #signLast(): Promise<void> {
    return unlessUnavailable(async () => {
      if (this.#keys !== undefined) await this.#signCheckpoint(this.#keys);
    });
  }

  #wipeKeys(): void {
    this.#keys?.wipe();
    this.#keys = undefined;
    // The audit key lies in an object of the runtime, which wipes it when it is collected: now, then.
    this.#ports.collectGarbage();
  }
}
