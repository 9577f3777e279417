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
import { loadRequestOf, registerRequestOf } from './verification/load-request.ts';
import { nameTries, type PlacedCommand, placeTries, type TryNames } from './verification/name-tries.ts';
import { type ReadCommand, readCommands } from './verification/read-commands.ts';
import { weighTries } from './verification/weigh-tries.ts';

/** The owner of a pass, which handles its failures. */
export interface PassOwner {
  /** Drops the keys in memory, because the stored keys differ from them. */
  readonly keysChanged: () => Promise<void>;
  /** Commits the entries recorded so far and fails the vault, because the log cannot be read. */
  readonly failBroken: (failure: string, batch: Batch) => Promise<Reply>;
}

/**
 * Takes a group of commands from requests to durable results. Every verdict comes from a pass. Its
 * steps: read each code, name its card and request, load their rows from the store, admit the call,
 * and weigh the code (compare it with the codes of the card's tokens). Then decide and record one
 * command after the other, and commit all of them together.
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

  // Each step reads `openKeys` again: the keys may be wiped during an `await` of the store. A local
  // reference would also keep wiped keys from being garbage-collected.
  /** @throws RaceLost when the whole group must be decided again; StoreUnavailable, LogBroken */
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
      // Most replies are synchronous: `await` on each would cost a turn of the event loop.
      const reply = this.#answerOne(one, batch);
      replies.push(reply instanceof Promise ? await reply : reply);
    }
    await this.#commit(batch);
    return replies;
  }

  /**
   * Loads the rows for this batch, and the current keys, from the store.
   * @throws RaceLost when the stored keys have changed
   */
  async #load(read: readonly (ReadCommand | Fault)[], names: TryNames, nowMs: number): Promise<void> {
    const { ports, openKeys } = this.#run;
    const wanted = openKeys === undefined ? NOTHING_TO_LOAD : loadRequestOf(read, names, nowMs, openKeys, ports);
    const before = ports.ledger.keys;
    await ports.ledger.load(wanted);
    const register = openKeys === undefined ? undefined : registerRequestOf(read, openKeys, ports);
    if (register !== undefined) await ports.ledger.loadRegister(register);
    const { keys } = ports.ledger;
    // Another daemon rotated or withdrew a key after the open keys were opened.
    if (this.#run.openKeys?.isOf(keys) === false) await this.#owner.keysChanged();
    // The commands were read with the former `StoredKeys`. Its zones, quorums and blocked callers
    // may have changed too.
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
      // Counts the locks also when it is unknown whether the commit is durable. Otherwise a caller
      // could exceed its limit of locks while the store keeps failing.
      if (!(error instanceof RaceLost)) locks.noteBatch(batch, this.#run.ports.monotonicMs());
      throw error;
    }
    locks.noteBatch(batch, this.#run.ports.monotonicMs());
  }
}
