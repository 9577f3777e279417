import { type DaemonState, sha256Hex } from '@ramz/custody';
import type { ActCommand, Reply } from '../../../boundary/commands.ts';
import { RaceLost } from '../../store/race-lost.ts';
import { StoreUnavailable } from '../../store/store-errors.ts';
import type { Batch } from '../batch/batch.ts';
import { writeDown } from '../batch/commit-batch.ts';
import { Fault, fault } from '../batch/fault.ts';
import type { VaultPorts } from '../batch/ports.ts';
import { announce, type Occasion } from './announce.ts';
import type { CustodyDesk } from './custody-desk.ts';

/** Takes statements. Each is durable when it is answered, or nothing of it counts. */
export class StatementIntake {
  readonly #desk: CustodyDesk;
  readonly #ports: Pick<VaultPorts, 'ledger' | 'anchor' | 'identity' | 'profile' | 'realm' | 'nowMs'>;
  readonly #state: () => DaemonState;

  constructor(
    desk: CustodyDesk,
    ports: Pick<VaultPorts, 'ledger' | 'anchor' | 'identity' | 'profile' | 'realm' | 'nowMs'>,
    state: () => DaemonState,
  ) {
    this.#desk = desk;
    this.#ports = ports;
    this.#state = state;
  }

  /**
   * @throws Fault for a refused statement; RaceLost or StoreUnavailable when the log does not have
   * the refusal
   */
  async take(command: ActCommand, batch: Batch): Promise<Reply> {
    const undo = this.#desk.mark();
    try {
      const attachment = await this.#desk.take(command, batch);
      await batch.commit();
      return await this.announce({ answers: sha256Hex(command.statement) }, attachment);
    } catch (error) {
      if (error instanceof Fault) return this.#refuse(error, batch);
      if (!(error instanceof RaceLost) && !(error instanceof StoreUnavailable)) throw error;
      undo();
      return this.#breakOff(error.message);
    }
  }

  /**
   * Commits the refusal to the log. The statement changed nothing: when the entry cannot be written
   * nothing is broken off, and the statement may be sent again.
   */
  async #refuse(refused: Fault, batch: Batch): Promise<never> {
    await batch.commit();
    throw refused;
  }

  async announce(occasion: Occasion, attachment: Uint8Array): Promise<Reply> {
    const { logSize } = this.#ports.ledger;
    return { ...(await announce(occasion, this.#state(), this.#desk, this.#ports)), attachment, logSize };
  }

  /** Ends the ceremony: what was done may not be in the log, so it must not continue. */
  async #breakOff(why: string): Promise<Reply> {
    const ceremony = this.#desk.ceremony.breakOff(why);
    await writeDown(this.#ports, (draft) => {
      if (ceremony !== '') draft.recordAct({ ceremony, act: 'abandoned', detail: why });
    });
    const message = `${why}: what was in progress is broken off; check the status and begin again`;
    return fault('store-unavailable', message, this.#state());
  }
}
