import type { Purpose } from '@ramz/audit-log';
import type { DaemonState } from '@ramz/custody';
import { OtpError } from '@ramz/otp-core';
import { ADMITTED_IN } from '../../../boundary/admitted-in.ts';
import type { Command } from '../../../boundary/commands.ts';
import { subjectOf } from '../../crypto/keyed-digests.ts';
import { type LoadRequest, REQUESTS_KEPT_MS } from '../../store/ledger.ts';
import { checkCommand } from '../batch/check-command.ts';
import { Fault } from '../batch/fault.ts';
import type { VaultPorts } from '../batch/ports.ts';
import { whyNotNow } from '../batch/why-not-now.ts';
import type { KeyHolder } from '../keys/key-holder.ts';
import type { OpenKeys } from '../keys/open-keys.ts';
import { nameAll, type RequestedTries } from './requested-tries.ts';
import { readResynchronise } from './resynchronise-token.ts';
import type { Tries, Try } from './tries.ts';
import { readVerify } from './verify-codes.ts';
import { readSignature } from './verify-signature.ts';

/** A command that was read, before the store is asked for what it needs. */
export interface CommandPlan {
  readonly command: Command;
  /** Of a command that wants verdicts. */
  readonly tries?: Tries;
}

/**
 * Each command as it was read, or why it cannot be.
 * @param holder and not its keys: whoever waits for an answer must not be what keeps them from being collected
 */
export function planGroup(
  group: readonly Command[],
  holder: Pick<KeyHolder, 'openKeys' | 'state'>,
  failure: string,
  ports: Pick<VaultPorts, 'ledger' | 'profile'>,
): (CommandPlan | Fault)[] {
  const { state, openKeys: keys } = holder;
  const read = group.map((command) => readOrFault(command, state, failure, keys, ports));
  const asking = read.flatMap((one) => ('requested' in one ? [one.requested] : []));
  const named = keys === undefined ? [] : nameAll(asking, keys);
  let at = 0;
  return read.map((one) => {
    if (one instanceof Fault || !('requested' in one)) return one;
    return { command: one.command, tries: named[at++] as Tries };
  });
}

interface ReadCommand {
  readonly command: Command;
  readonly requested: RequestedTries;
}

function readOrFault(
  command: Command,
  state: DaemonState,
  failure: string,
  keys: OpenKeys | undefined,
  ports: Pick<VaultPorts, 'ledger' | 'profile'>,
): ReadCommand | Pick<ReadCommand, 'command'> | Fault {
  if (!ADMITTED_IN[command.kind].includes(state)) return new Fault('wrong-state', whyNotNow(state, failure));
  try {
    checkCommand(command);
    const requested = keys && readRequestedTries(command, keys, ports);
    return requested === undefined ? { command } : { command, requested };
  } catch (error) {
    if (error instanceof Fault) return error;
    // What the core takes for no code: a sound front does not send it, and a broken one must not end the vault.
    if (error instanceof OtpError) return new Fault('malformed', `the command ${command.kind} is malformed`);
    throw error;
  }
}

/** Undefined for a command that wants no verdict. @throws Fault for one that cannot be read */
function readRequestedTries(
  command: Command,
  keys: OpenKeys,
  ports: Pick<VaultPorts, 'ledger' | 'profile'>,
): RequestedTries | undefined {
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

/** What the store is asked for before these are run. Told when it asks: an engine that has everything does not. */
export function loadRequestOf(
  planned: readonly (CommandPlan | Fault)[],
  nowMs: number,
  keys: OpenKeys,
  { profile }: Pick<VaultPorts, 'profile'>,
): LoadRequest {
  return {
    requestsSinceMs: nowMs - REQUESTS_KEPT_MS,
    get places() {
      return planned.flatMap((plan) => (plan instanceof Fault ? [] : placesOf(plan, keys, profile.purposeNames)));
    },
    get requestKeys() {
      return planned.flatMap((plan) => requestsOf(plan).map(({ requestKey }) => requestKey));
    },
  };
}

/** Of a try also how its subject stands with the other purposes: their wrong tries count for it (D-2). */
function placesOf(
  { command, tries }: CommandPlan,
  { keyring }: OpenKeys,
  purposes: readonly Purpose[],
): LoadRequest['places'] {
  if (command.kind === 'enrol') {
    return [{ subject: subjectOf(keyring.cardIndex, command.subjectName), purpose: command.purpose }];
  }
  return (tries?.tries ?? []).flatMap(({ subject }) => purposes.map((purpose) => ({ subject, purpose })));
}

/** What it asks verdicts on. */
export function requestsOf(plan: CommandPlan | Fault): readonly Try[] {
  return plan instanceof Fault ? [] : (plan.tries?.tries ?? []);
}
