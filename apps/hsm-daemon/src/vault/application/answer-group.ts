import type { DaemonState } from '@ramz/custody';
import { ADMITTED_IN } from '../../boundary/admitted-in.ts';
import type { Command, Reply } from '../../boundary/commands.ts';
import { NOTHING_TO_LOAD } from '../store/ledger.ts';
import { decidedAgain, RaceLost } from '../store/race-lost.ts';
import { LogBroken, StoreUnavailable } from '../store/store-errors.ts';
import { type AnswerContext, answerCommand } from './answer-command.ts';
import { answerOffline } from './answer-offline.ts';
import { Batch } from './batch/batch.ts';
import { commitBatch, writeDown } from './batch/commit-batch.ts';
import { Fault, fault, faultOf } from './batch/fault.ts';
import type { VaultPorts } from './batch/ports.ts';
import { whyNotNow } from './batch/why-not-now.ts';
import { assertNotBlocked } from './ceremony/block-callers.ts';
import type { CustodyDesk } from './ceremony/custody-desk.ts';
import { StatementIntake } from './ceremony/statement-intake.ts';
import type { RunState } from './run/run-state.ts';
import { statusOf } from './run/status-of.ts';
import { admitCalls } from './verification/admit-calls.ts';
import { LockBudget } from './verification/lock-budget.ts';
import { type CommandPlan, loadRequestOf, planGroup } from './verification/plan-command.ts';
import { prepareKeys } from './verification/prepare-keys.ts';

/** Answers commands that are durable together: plan, load, admit, decide, commit. The batch is committed here. */
export class GroupAnswerer {
  readonly #run: RunState;
  readonly #ports: VaultPorts;
  readonly #desk: CustodyDesk;
  readonly #locks: LockBudget;
  readonly #context: AnswerContext;

  constructor(run: RunState, desk: CustodyDesk) {
    this.#run = run;
    this.#ports = run.ports;
    this.#desk = desk;
    this.#locks = new LockBudget(run.ports.profile.locks);
    this.#context = {
      holder: run,
      statements: new StatementIntake(desk, run.ports, () => run.state),
      locks: this.#locks,
      ports: run.ports,
      status: () => this.#status(),
      fail: (failure) => this.#fail(failure),
    };
  }

  /** Who loses a race decides all again, and one of the two always gets on. */
  async answer(group: readonly Command[], nowMs: number): Promise<Reply[]> {
    try {
      return await decidedAgain(() => this.#tryGroup(group, nowMs));
    } catch (error) {
      if (error instanceof LogBroken) return this.#breakDown(error.message, group);
      if (!(error instanceof StoreUnavailable)) throw error;
      const { statements } = this.#context;
      const [state, status] = [() => this.#run.state, () => this.#status()];
      return answerOffline(group, { state, status, statements, ports: this.#ports });
    }
  }

  async #tryGroup(group: readonly Command[], nowMs: number): Promise<Reply[]> {
    const planned = planGroup(group, this.#run, this.#run.failure, this.#ports);
    await this.#load(planned, nowMs);
    if (this.#run.failure === '') await this.#run.clock.compare();
    if (this.#run.failure === '') await this.#run.clock.noteJump(nowMs);
    const batch = new Batch(this.#ports, nowMs);
    const replies: Reply[] = [];
    const admitted = admitCalls(planned, batch, this.#ports);
    prepareKeys(admitted, batch, this.#run, this.#ports);
    for (const plan of admitted) {
      // Most replies are there at once: to wait for each would cost it a turn of its own.
      const reply = this.#answerOne(plan, batch);
      replies.push(reply instanceof Promise ? await reply : reply);
    }
    await this.#commit(batch);
    return replies;
  }

  async #commit(batch: Batch): Promise<void> {
    try {
      await batch.commit();
    } catch (error) {
      // Also when it is not known whether they are durable: a store that fails each time is no way to lock more.
      if (!(error instanceof RaceLost)) this.#locks.noteBatch(batch, this.#ports.monotonicMs());
      throw error;
    }
    this.#locks.noteBatch(batch, this.#ports.monotonicMs());
  }

  async #load(planned: readonly (CommandPlan | Fault)[], nowMs: number): Promise<void> {
    const { ledger } = this.#ports;
    if (this.#run.failure !== '') return;
    const { openKeys: keys } = this.#run;
    await ledger.load(keys === undefined ? NOTHING_TO_LOAD : loadRequestOf(planned, nowMs, keys, this.#ports));
    if (keys?.isOf(ledger.keys) !== false) return;
    // Another daemon rotated or withdrew a key: what is open here was opened before that.
    await commitBatch(this.#ports, this.#ports.nowMs(), (draft) => {
      this.#desk.ceremony.abandon('the daemon was sealed', draft);
      this.#run.seal(draft, 'another daemon changed the keys');
    });
  }

  #answerOne(plan: CommandPlan | Fault, batch: Batch): Reply | Promise<Reply> {
    const { state } = this.#run;
    try {
      if (plan instanceof Fault) throw plan;
      // What came before in this group may have changed it.
      if (!ADMITTED_IN[plan.command.kind].includes(state))
        throw new Fault('wrong-state', whyNotNow(state, this.#run.failure));
      assertNotBlocked(plan.command, this.#ports.ledger.keys);
      const reply = answerCommand(plan, batch, this.#context);
      return reply instanceof Promise ? reply.catch((error) => this.#refused(error, state, batch)) : reply;
    } catch (error) {
      return this.#refused(error, state, batch);
    }
  }

  /** @throws what was not foreseen */
  #refused(error: unknown, state: DaemonState, batch: Batch): Reply | Promise<Reply> {
    return error instanceof LogBroken ? this.#failBroken(error.message, batch) : faultOf(error, state);
  }

  /** The log is not what it was: nothing is added to it, and nothing is decided any more. */
  async #breakDown(failure: string, group: readonly Command[]): Promise<Reply[]> {
    this.#desk.ceremony.breakOff(failure);
    this.#run.fail(failure);
    return this.#tryGroup(group, 0);
  }

  /** The log cannot be read: it is told as far as it goes, and nothing is decided any more. */
  async #failBroken(failure: string, batch: Batch): Promise<Reply> {
    // What was recorded before has its places in the log.
    try {
      await batch.commit();
    } finally {
      await this.#fail(failure);
    }
    return fault('wrong-state', whyNotNow('failed', this.#run.failure), 'failed');
  }

  /** From anywhere, and not back: every key is wiped, and only the status is answered. */
  async #fail(failure: string): Promise<void> {
    const ceremony = this.#desk.ceremony.breakOff(failure);
    this.#run.fail(failure);
    await writeDown(this.#ports, (draft) => {
      if (ceremony !== '') draft.recordAct({ ceremony, act: 'abandoned', detail: failure });
      draft.recordAct({ act: 'failed', detail: failure });
    });
  }

  #status(): Promise<Reply> {
    const { state, failure } = this.#run;
    return statusOf({ state, failure, sharesGiven: this.#desk.ceremony.given }, this.#ports);
  }
}
