import type { DaemonState } from '@ramz/custody';
import { OtpError } from '@ramz/otp-core';
import { ADMITTED_IN } from '../../../boundary/admitted-in.ts';
import type { Command } from '../../../boundary/commands.ts';
import { checkCommand } from '../batch/check-command.ts';
import { Fault } from '../batch/fault.ts';
import type { VaultPorts } from '../batch/ports.ts';
import { whyNotNow } from '../batch/why-not-now.ts';
import type { OpenKeys } from '../keys/open-keys.ts';
import type { RequestedCall } from './call.ts';
import { readResynchronise } from './resynchronise-token.ts';
import { readVerify } from './verify-codes.ts';
import { readSignature } from './verify-signature.ts';

/** A command that passed its checks. */
export interface ReadCommand {
  readonly command: Command;
  /** Set for a command that asks for verdicts. */
  readonly asked?: RequestedCall | undefined;
}

/** The state of the vault while a batch is read. */
export interface VaultNow {
  readonly state: DaemonState;
  readonly failure: string;
  readonly openKeys: OpenKeys | undefined;
}

/** Reads each command, or returns the fault that says why it cannot be read. */
export function readCommands(
  group: readonly Command[],
  vault: VaultNow,
  ports: Pick<VaultPorts, 'ledger' | 'profile'>,
): (ReadCommand | Fault)[] {
  return group.map((command) => readOrFault(command, vault, ports));
}

function readOrFault(
  command: Command,
  { state, failure, openKeys }: VaultNow,
  ports: Pick<VaultPorts, 'ledger' | 'profile'>,
): ReadCommand | Fault {
  if (!ADMITTED_IN[command.kind].includes(state)) return new Fault('wrong-state', whyNotNow(state, failure));
  try {
    checkCommand(command);
    return { command, asked: openKeys && readCall(command, openKeys, ports) };
  } catch (error) {
    if (error instanceof Fault) return error;
    // otp-core rejected the code. A sound front never sends such a code, and a broken one must not
    // end the vault.
    if (error instanceof OtpError) return new Fault('malformed', `the command ${command.kind} is malformed`);
    throw error;
  }
}

/**
 * Returns undefined for a command that asks for no verdict.
 * @throws Fault for a command that cannot be read
 */
function readCall(
  command: Command,
  keys: OpenKeys,
  ports: Pick<VaultPorts, 'ledger' | 'profile'>,
): RequestedCall | undefined {
  switch (command.kind) {
    case 'verify':
      return readVerify(command, keys, ports);
    case 'resynchronise':
      return readResynchronise(command, ports);
    case 'verify-signature':
      return readSignature(command, ports);
    default:
      return undefined;
  }
}
