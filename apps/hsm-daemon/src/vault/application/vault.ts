import type { DaemonState } from '@ramz/custody';
import type { Command, Reply } from '../../boundary/commands.ts';
import { GroupAnswerer } from './answer-group.ts';
import { isCommand, noCommand } from './batch/check-command.ts';
import { commandGroups } from './batch/command-groups.ts';
import { writeDown } from './batch/commit-batch.ts';
import type { VaultPorts } from './batch/ports.ts';
import { CustodyDesk } from './ceremony/custody-desk.ts';
import { RunState } from './run/run-state.ts';

/**
 * The vault. It answers one batch at a time, split into groups that commit together. `answer`
 * returns only when everything the batch did is durable.
 */
export class Vault {
  readonly #run: RunState;
  readonly #desk: CustodyDesk;
  readonly #groups: GroupAnswerer;

  private constructor(run: RunState) {
    this.#run = run;
    this.#desk = new CustodyDesk(run.ports, run);
    this.#groups = new GroupAnswerer(run, this.#desk);
  }

  /** @param rolledBack the store is older than its anchor, and a restore ceremony must be held */
  static async start(ports: VaultPorts, rolledBack = false): Promise<Vault> {
    return new Vault(await RunState.start(ports, rolledBack));
  }

  get state(): DaemonState {
    return this.#run.state;
  }

  async answer(batch: readonly Command[]): Promise<Reply[]> {
    const { clock, ports } = this.#run;
    clock.look(clock.read());
    const replies: Reply[] = [];
    const nowMs = ports.nowMs();
    for (const group of commandGroups(batch.filter(isCommand))) {
      replies.push(...(await this.#groups.answer(group, nowMs)));
    }
    const next = replies.values();
    return batch.map((command) => (isCommand(command) ? (next.next().value as Reply) : noCommand(this.state)));
  }

  /** Does the work that can wait until after the answers. Called between batches. */
  tidy(): Promise<void> {
    return this.#run.tidy();
  }

  async stop(): Promise<void> {
    const { version, software, ledger, anchor } = this.#run.ports;
    const ceremony = this.#desk.ceremony.breakOff('the daemon stopped');
    const isSound = this.#run.failure === '';
    const written = await writeDown(this.#run.ports, (draft) => {
      if (ceremony !== '') draft.recordAct({ ceremony, act: 'abandoned', detail: 'the daemon stopped' });
      if (isSound) draft.record({ kind: 'daemon', atMs: draft.nowMs, act: 'stopped', version, software });
    });
    if (written) await this.#run.signLast();
    this.#run.wipe();
    this.#desk.wipe();
    await ledger.close();
    anchor.close();
  }
}
