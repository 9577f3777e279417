import type { Command, Reply } from '../../boundary/commands.ts';
import { decidedAgain } from '../store/race-lost.ts';
import { LogBroken, StoreUnavailable } from '../store/store-errors.ts';
import { answerOffline } from './answer-offline.ts';
import type { Batch } from './batch/batch.ts';
import { writeDown } from './batch/commit-batch.ts';
import { fault } from './batch/fault.ts';
import type { VaultPorts } from './batch/ports.ts';
import { whyNotNow } from './batch/why-not-now.ts';
import type { CustodyDesk } from './ceremony/custody-desk.ts';
import { StatementIntake } from './ceremony/statement-intake.ts';
import { Pass } from './pass.ts';
import type { RunState } from './run/run-state.ts';
import { statusOf } from './run/status-of.ts';
import { LockBudget } from './verification/lock-budget.ts';

/** Answers a group of commands that commit together, and handles a pass that fails. */
export class GroupAnswerer {
  readonly #run: RunState;
  readonly #ports: VaultPorts;
  readonly #desk: CustodyDesk;
  readonly #statements: StatementIntake;
  readonly #pass: Pass;

  constructor(run: RunState, desk: CustodyDesk) {
    this.#run = run;
    this.#ports = run.ports;
    this.#desk = desk;
    this.#statements = new StatementIntake(desk, run.ports, () => run.state);
    const owner = {
      keysChanged: () => this.#keysChanged(),
      failBroken: (failure: string, batch: Batch) => this.#failBroken(failure, batch),
    };
    this.#pass = new Pass(run, owner, {
      holder: run,
      statements: this.#statements,
      locks: new LockBudget(run.ports.profile.locks),
      ports: run.ports,
      status: () => this.#status(),
      fail: (failure) => this.#fail(failure),
    });
  }

  /**
   * Answers a group. A pass that loses a race decides everything again; one of two racing passes
   * always succeeds.
   */
  async answer(group: readonly Command[], nowMs: number): Promise<Reply[]> {
    try {
      return await decidedAgain(() => this.#pass.run(group, nowMs));
    } catch (error) {
      if (error instanceof LogBroken) return this.#breakDown(error.message, group);
      if (!(error instanceof StoreUnavailable)) throw error;
      const [state, status] = [() => this.#run.state, () => this.#status()];
      return answerOffline(group, { state, status, statements: this.#statements, ports: this.#ports });
    }
  }

  /** Seals the vault. The keys are wiped even when the log entry cannot be written. */
  async #keysChanged(): Promise<void> {
    const detail = 'the daemon was sealed';
    const ceremony = this.#desk.ceremony.breakOff(detail);
    await writeDown(this.#ports, (draft) => {
      if (ceremony !== '') draft.recordAct({ ceremony, act: 'abandoned', detail });
      this.#run.seal(draft, 'another daemon changed the keys');
    });
  }

  /**
   * Fails the vault because the log is no longer what it was: nothing is appended or decided any
   * more.
   */
  async #breakDown(failure: string, group: readonly Command[]): Promise<Reply[]> {
    this.#desk.ceremony.breakOff(failure);
    this.#run.fail(failure);
    return this.#pass.run(group, 0);
  }

  /**
   * Fails the vault because the log cannot be read. Commits what was recorded so far; nothing is
   * decided any more.
   */
  async #failBroken(failure: string, batch: Batch): Promise<Reply> {
    // Entries recorded before already have their log indices.
    try {
      await batch.commit();
    } finally {
      await this.#fail(failure);
    }
    return fault('wrong-state', whyNotNow('failed', this.#run.failure), 'failed');
  }

  /**
   * Fails the vault, from any state and for good: every key is wiped, and only the status is
   * answered.
   */
  async #fail(failure: string): Promise<void> {
    const ceremony = this.#desk.ceremony.breakOff(failure);
    this.#run.fail(failure);
    await writeDown(this.#ports, (draft) => {
      if (ceremony !== '') draft.recordAct({ ceremony, act: 'abandoned', detail: failure });
      draft.recordAct({ act: 'failed', detail: failure });
    });
  }

  #status(): Promise<Reply> {
    const { state, failure, whySealed } = this.#run;
    return statusOf({ state, failure, whySealed, sharesGiven: this.#desk.ceremony.given }, this.#ports);
  }
}
