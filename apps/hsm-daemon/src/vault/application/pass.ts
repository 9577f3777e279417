import type { DaemonState } from '@ramz/custody';
import { ADMITTED_IN } from '../../boundary/admitted-in.ts';
import type { Command, Reply } from '../../boundary/commands.ts';
import { NOTHING_TO_LOAD } from '../store/ledger.ts';
import { RaceLost } from '../store/race-lost.ts';
import { LogBroken } from '../store/store-errors.ts';
import { type AnswerContext, answerCommand } from './answer-command.ts';
import { Batch } from './batch/batch.ts';
import { Fault, faultOf } from './batch/fault.ts';
import { whyNotNow } from './batch/why-not-now.ts';
import { assertNotBlocked } from './ceremony/block-callers.ts';
import type { RunState } from './run/run-state.ts';
import { admitCalls } from './verification/admit-calls.ts';
import { loadRequestOf } from './verification/load-request.ts';
import { nameTries, type PlacedCommand, placeTries, type TryNames } from './verification/name-tries.ts';
import { type ReadCommand, readCommands } from './verification/read-commands.ts';
import { weighTries } from './verification/weigh-tries.ts';

/** What becomes of a pass that does not go well is its owner's affair. */
export interface PassOwner {
  /** The keys in the store are not those that are open here: what was in memory of them is given up. */
  readonly keysChanged: () => Promise<void>;
  /** The log cannot be read on: what was recorded so far is committed, and the vault fails. */
  readonly failBroken: (failure: string, batch: Batch) => Promise<Reply>;
}

/**
 * A batch of commands, from what was sent to what is durable. Every verdict on a code is given on this way, and there is
 * no other: a code is read, its card and its request are named, what the store has of them is loaded, the call is admitted,
 * the code is weighed against the card's tokens; then one after the other is decided and recorded, and all are committed
 * together.
 */
export class Pass {
  readonly #run: RunState;
  readonly #owner: PassOwner;
  readonly #context: AnswerContext;

  constructor(run: RunState, owner: PassOwner, context: AnswerContext) {
    this.#run = run;
    this.#owner = owner;
    this.#context = context;
  }

  // The keys are asked for anew at each step: while the store is waited for, they may be wiped, and nothing here may keep
  // them from being collected.
  /** @throws RaceLost, when all is to be decided again; StoreUnavailable, LogBroken */
  async run(group: readonly Command[], nowMs: number): Promise<Reply[]> {
    const { ports, clock } = this.#run;
    const read = readCommands(group, this.#run, ports);
    const names = nameTries(read, this.#run.openKeys);
    if (this.#run.failure === '') {
      await this.#load(read, names, nowMs);
      await clock.check(nowMs);
    }
    const batch = new Batch(ports, nowMs, names.requests);
    const placed = placeTries(read, names, batch);
    const admitted = admitCalls(placed, batch);
    this.#weigh(admitted, nowMs);
    const replies: Reply[] = [];
    for (const one of admitted) {
      // Most replies are there at once: to wait for each would cost it a turn of its own.
      const reply = this.#answerOne(one, batch);
      replies.push(reply instanceof Promise ? await reply : reply);
    }
    await this.#commit(batch);
    return replies;
  }

  /** What the store has of all that is asked for, and the keys as they are now. @throws RaceLost when those are others */
  async #load(read: readonly (ReadCommand | Fault)[], names: TryNames, nowMs: number): Promise<void> {
    const { ports, openKeys } = this.#run;
    const wanted = openKeys === undefined ? NOTHING_TO_LOAD : loadRequestOf(read, names, nowMs, openKeys, ports);
    const before = ports.ledger.keys;
    await ports.ledger.load(wanted);
    const { keys } = ports.ledger;
    // Another daemon rotated or withdrew a key: what is open here was opened before that.
    if (this.#run.openKeys?.isOf(keys) === false) await this.#owner.keysChanged();
    // The commands were read with what is no more: with a zone that there was, a policy, a caller's rights.
    if (keys !== before) throw new RaceLost();
  }

  /** Plain codes of the whole batch together: four keys at a time. */
  #weigh(admitted: readonly (PlacedCommand | Fault)[], nowMs: number): void {
    const { openKeys } = this.#run;
    const tries = admitted.flatMap((one) => ('call' in one ? (one.call?.tries ?? []) : []));
    if (openKeys !== undefined && tries.length > 0) weighTries(tries, openKeys, nowMs);
  }

  /** Decides and records. */
  #answerOne(one: PlacedCommand | Fault, batch: Batch): Reply | Promise<Reply> {
    const { state, failure, ports } = this.#run;
    try {
      if (one instanceof Fault) throw one;
      // What came before in this group may have changed it.
      if (!ADMITTED_IN[one.command.kind].includes(state)) throw new Fault('wrong-state', whyNotNow(state, failure));
      assertNotBlocked(one.command, ports.ledger.keys);
      const reply = answerCommand(one, batch, this.#context);
      return reply instanceof Promise ? reply.catch((error) => this.#refused(error, state, batch)) : reply;
    } catch (error) {
      return this.#refused(error, state, batch);
    }
  }

  /** @throws what was not foreseen */
  #refused(error: unknown, state: DaemonState, batch: Batch): Reply | Promise<Reply> {
    return error instanceof LogBroken ? this.#owner.failBroken(error.message, batch) : faultOf(error, state);
  }

  async #commit(batch: Batch): Promise<void> {
    const { locks } = this.#context;
    try {
      await batch.commit();
    } catch (error) {
      // Also when it is not known whether they are durable: a store that fails each time is no way to lock more.
      if (!(error instanceof RaceLost)) locks.noteBatch(batch, this.#run.ports.monotonicMs());
      throw error;
    }
    locks.noteBatch(batch, this.#run.ports.monotonicMs());
  }
}
