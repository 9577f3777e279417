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

/** The owner of a pass, which handles its failures. */
export interface PassOwner {
  /** The stored keys differ from the open ones: drops the keys in memory. */
  readonly keysChanged: () => Promise<void>;
  /** The log cannot be read any further: commits what was recorded so far and fails the vault. */
  readonly failBroken: (failure: string, batch: Batch) => Promise<Reply>;
}

/**
 * Takes a batch of commands from requests to durable results. This is the only path that gives
 * verdicts. It reads each code, names its card and request, loads what the store has of them,
 * admits the call and weighs the code against the card's tokens. Then it decides and records one
 * command after the other, and commits all of them together.
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

  // Reads the keys again at each step: they may be wiped while the store is awaited, and no
  // reference here may keep them from being garbage-collected.
  /** @throws RaceLost when everything must be decided again; StoreUnavailable, LogBroken */
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
      // Most replies are synchronous: awaiting each of them would cost an extra turn.
      const reply = this.#answerOne(one, batch);
      replies.push(reply instanceof Promise ? await reply : reply);
    }
    await this.#commit(batch);
    return replies;
  }

  /**
   * Loads what the store has for this batch, and the current keys.
   * @throws RaceLost when the keys have changed
   */
  async #load(read: readonly (ReadCommand | Fault)[], names: TryNames, nowMs: number): Promise<void> {
    const { ports, openKeys } = this.#run;
    const wanted = openKeys === undefined ? NOTHING_TO_LOAD : loadRequestOf(read, names, nowMs, openKeys, ports);
    const before = ports.ledger.keys;
    await ports.ledger.load(wanted);
    const { keys } = ports.ledger;
    // Another daemon rotated or withdrew a key after these were opened.
    if (this.#run.openKeys?.isOf(keys) === false) await this.#owner.keysChanged();
    // The commands were read with stale data: a zone, a policy or a caller's rights that no longer
    // exist.
    if (keys !== before) throw new RaceLost();
  }

  /** Weighs the plain codes of the whole batch together, four keys at a time. */
  #weigh(admitted: readonly (PlacedCommand | Fault)[], nowMs: number): void {
    const { openKeys } = this.#run;
    const tries = admitted.flatMap((one) => ('call' in one ? (one.call?.tries ?? []) : []));
    if (openKeys !== undefined && tries.length > 0) weighTries(tries, openKeys, nowMs);
  }

  /** Decides and records one command. */
  #answerOne(one: PlacedCommand | Fault, batch: Batch): Reply | Promise<Reply> {
    const { state, failure, ports } = this.#run;
    try {
      if (one instanceof Fault) throw one;
      // An earlier command of this group may have changed the state.
      if (!ADMITTED_IN[one.command.kind].includes(state)) throw new Fault('wrong-state', whyNotNow(state, failure));
      assertNotBlocked(one.command, ports.ledger.keys);
      const reply = answerCommand(one, batch, this.#context);
      return reply instanceof Promise ? reply.catch((error) => this.#refused(error, state, batch)) : reply;
    } catch (error) {
      return this.#refused(error, state, batch);
    }
  }

  /** @throws any unexpected error */
  #refused(error: unknown, state: DaemonState, batch: Batch): Reply | Promise<Reply> {
    return error instanceof LogBroken ? this.#owner.failBroken(error.message, batch) : faultOf(error, state);
  }

  async #commit(batch: Batch): Promise<void> {
    const { locks } = this.#context;
    try {
      await batch.commit();
    } catch (error) {
      // Counts them even when it is unknown whether they are durable: a store that keeps failing
      // must not allow more locks.
      if (!(error instanceof RaceLost)) locks.noteBatch(batch, this.#run.ports.monotonicMs());
      throw error;
    }
    locks.noteBatch(batch, this.#run.ports.monotonicMs());
  }
}
