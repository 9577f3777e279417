import type { Command, Reply } from '../../../boundary/commands.ts';
import type { StatusReply } from '../../../boundary/status-reply.ts';

import { isCommand, noCommand } from '../batch/check-command.ts';

/** The status that a vault can report although it cannot start. */
export type StatusBeforeStart = Omit<StatusReply, 'kind' | 'state'>;

/**
 * A vault whose store, anchor or self-tests were wrong at its start. It has no key and changes
 * nothing; it reports its state, so that an operator sees why.
 */
export class FailedVault {
  readonly #known: StatusBeforeStart;

  constructor(known: StatusBeforeStart) {
    this.#known = known;
  }

  answer(batch: readonly Command[]): Promise<Reply[]> {
    return Promise.resolve(batch.map((command) => this.#answerOne(command)));
  }

  async tidy(): Promise<void> {}

  async stop(): Promise<void> {}

  #answerOne(command: Command): Reply {
    if (!isCommand(command)) return noCommand('failed');
    if (command.kind === 'status') return { kind: 'status', state: 'failed', ...this.#known };
    if (command.kind === 'note-refusal') return { kind: 'noted' };
    const message = `the daemon has failed and answers only its status: ${this.#known.failure}`;
    return { kind: 'fault', reason: 'wrong-state', message, state: 'failed' };
  }
}
