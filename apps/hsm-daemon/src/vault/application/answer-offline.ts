import type { DaemonState } from '@ramz/custody';
import type { ActCommand, Command, Reply } from '../../boundary/commands.ts';
import { RaceLost } from '../store/race-lost.ts';
import { StoreUnavailable } from '../store/store-errors.ts';
import { Batch } from './batch/batch.ts';
import { Fault, fault } from './batch/fault.ts';
import type { VaultPorts } from './batch/ports.ts';
import { isSeal } from './ceremony/signer.ts';
import type { StatementIntake } from './ceremony/statement-intake.ts';

/** What a vault still can while its store does not answer. */
export interface OfflineVault {
  readonly state: () => DaemonState;
  readonly status: () => Promise<Reply>;
  readonly statements: StatementIntake;
  readonly ports: VaultPorts;
}

/** No word of the database: customers' channels read it too. */
const TRY_AGAIN = 'the store cannot be used now: send the same request again, under the same id';
const WIPED = 'the keys are wiped, and the log does not have it: the store cannot be used now';

/**
 * What is in memory is told all the same: somebody wants to know what is wrong. And a seal that is asked for wipes the
 * keys, and only then fails: the brake must not need the store.
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

/** One that is refused, which the log cannot have either, is told of as everything else: try again. */
async function brake(command: ActCommand, { statements, ports }: OfflineVault): Promise<void> {
  try {
    await statements.take(command, new Batch(ports, ports.nowMs()));
  } catch (error) {
    if (!(error instanceof Fault) && !(error instanceof StoreUnavailable) && !(error instanceof RaceLost)) throw error;
  }
}
