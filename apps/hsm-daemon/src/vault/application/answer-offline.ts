import type { DaemonState } from '@ramz/custody';
import type { ActCommand, Command, Reply } from '../../boundary/commands.ts';
import { RaceLost } from '../store/race-lost.ts';
import { StoreUnavailable } from '../store/store-errors.ts';
import { Batch } from './batch/batch.ts';
import { Fault, fault } from './batch/fault.ts';
import type { VaultPorts } from './batch/ports.ts';
import { isSeal } from './ceremony/signer.ts';
import type { StatementIntake } from './ceremony/statement-intake.ts';

/** What a vault can still use while its store does not answer. */
export interface OfflineVault {
  readonly state: () => DaemonState;
  readonly status: () => Promise<Reply>;
  readonly statements: StatementIntake;
  readonly ports: VaultPorts;
}

/** Does not mention the database: customers' channels read this message too. */
const TRY_AGAIN = 'the store cannot be used now: send the same request again, under the same id';
const WIPED = 'the keys are wiped, but the log has no record of it: the store cannot be used now';

/**
 * Answers a group while the store is unavailable. Status and announcements come from memory, so
 * that an operator can see what is wrong. A requested seal wipes the keys first and fails
 * afterwards: the brake must not depend on the store.
 */
export async function answerOffline(group: readonly Command[], vault: OfflineVault): Promise<Reply[]> {
  const [first] = group;
  const couldSeal = vault.state() === 'operational' || vault.state() === 'clock-jumped';
  const isBrake = couldSeal && first?.kind === 'act' && isSeal(first);
  if (isBrake) await brake(first, vault);
  const message = isBrake && vault.state() === 'sealed' ? WIPED : TRY_AGAIN;
  return Promise.all(
    group.map(async (command) => {
      if (command.kind === 'status') return vault.status();
      if (command.kind === 'announce') return vault.statements.announce({ nonce: command.nonce }, new Uint8Array());
      return fault('store-unavailable', message, vault.state());
    }),
  );
}

/**
 * Takes a seal statement without the store. A refused one cannot be logged either, so it gets the
 * same answer as everything else: try again.
 */
async function brake(command: ActCommand, { statements, ports }: OfflineVault): Promise<void> {
  try {
    await statements.take(command, new Batch(ports, ports.nowMs()));
  } catch (error) {
    if (!(error instanceof Fault) && !(error instanceof StoreUnavailable) && !(error instanceof RaceLost)) throw error;
  }
}
