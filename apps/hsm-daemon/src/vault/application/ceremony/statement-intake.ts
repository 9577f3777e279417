import { type DaemonState, sha256Hex } from '@ramz/custody';
import type { ActCommand, Reply } from '../../../boundary/commands.ts';
import { RaceLost } from '../../store/race-lost.ts';
import { StoreUnavailable } from '../../store/store-unavailable.ts';
import type { Draft } from '../batch/batch.ts';
import { Fault, fault } from '../batch/fault.ts';
import type { VaultPorts } from '../batch/ports.ts';
import { writeDown } from '../batch/write-down.ts';
import { announce, type Occasion } from './announce.ts';
import type { CustodyDesk } from './custody-desk.ts';

/** Where statements are handed in: each is durable when it is answered, or nothing of it counts. */
export class StatementIntake {
  readonly #desk: CustodyDesk;
  readonly #ports: VaultPorts;
  readonly #state: () => DaemonState;

  constructor(desk: CustodyDesk, ports: VaultPorts, state: () => DaemonState) {
    this.#desk = desk;
    this.#ports = ports;
    this.#state = state;
  }

  /** @throws Fault */
  async take(command: ActCommand, draft: Draft): Promise<Reply> {
    const undo = this.#desk.mark();
    try {
      const attachment = await this.#desk.take(command, draft);
      await draft.commit();
      return await this.announce({ answers: sha256Hex(command.statement) }, attachment);
    } catch (error) {
      if (error instanceof Fault) await draft.commit();
      if (!(error instanceof RaceLost) && !(error instanceof StoreUnavailable)) throw error;
      undo();
      return this.#breakOff(error.message);
    }
  }

  async announce(occasion: Occasion, attachment: Uint8Array): Promise<Reply> {
    const { logSize } = this.#ports.ledger;
    return { ...(await announce(occasion, this.#state(), this.#desk, this.#ports)), attachment, logSize };
  }

  /** What was done may not be in the log: nobody goes on from there. */
  async #breakOff(why: string): Promise<Reply> {
    const ceremony = this.#desk.breakOff(why);
    await writeDown(this.#ports, (draft) => {
      if (ceremony !== '') draft.recordAct({ ceremony, act: 'abandoned', detail: why });
    });
    const message = `${why}: what was under way is broken off; look, and begin it anew`;
    return fault('store-unavailable', message, this.#state());
  }
}
