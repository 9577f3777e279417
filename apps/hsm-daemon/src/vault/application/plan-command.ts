import type { Command, EnrolCommand } from '../../boundary/commands.ts';
import { ADMITTED_IN, type DaemonState } from '../../boundary/daemon-state.ts';
import { subjectOf } from '../crypto/keyed-digests.ts';
import { NOTHING_WANTED, type Wanted } from '../store/ledger.ts';
import { checkCommand } from './check-command.ts';
import type { Tries } from './decide-tries.ts';
import { Fault } from './fault.ts';
import type { OpenKeys } from './open-keys.ts';
import type { VaultPorts } from './ports.ts';
import { readResynchronise } from './resynchronise-token.ts';
import { readVerify } from './verify-codes.ts';
import { readSignature } from './verify-signature.ts';
import { whyNotNow } from './why-not-now.ts';

/** A command that was read, before the store is asked for what it needs. */
export interface Planned {
  readonly command: Command;
  /** Of a command that wants verdicts. */
  readonly tries?: Tries;
}

/** The command as it was read, or why it can not be. */
export function planOrFault(
  command: Command,
  state: DaemonState,
  failure: string,
  keys: OpenKeys | undefined,
  ports: VaultPorts,
): Planned | Fault {
  if (!ADMITTED_IN[command.kind].includes(state)) return new Fault('wrong-state', whyNotNow(state, failure));
  try {
    checkCommand(command);
    return keys === undefined ? { command } : planCommand(command, keys, ports);
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
}

/** @throws Fault for a command that can not be read */
function planCommand(command: Command, keys: OpenKeys, ports: VaultPorts): Planned {
  switch (command.kind) {
    case 'verify':
      return { command, tries: readVerify(command, keys, ports) };
    case 'resynchronise':
      return { command, tries: readResynchronise(command, keys, ports) };
    case 'verify-signature':
      return { command, tries: readSignature(command, keys, ports) };
    default:
      return { command };
  }
}

/** What the store is asked for before these are run. Told when it asks: an engine that has everything does not. */
export function wantedBy(planned: readonly (Planned | Fault)[], keys: OpenKeys, { profile }: VaultPorts): Wanted {
  const purposes = profile.purpose_names;
  const wanted = planned.map((plan) => {
    if (plan instanceof Fault) return NOTHING_WANTED;
    const { command, tries } = plan;
    if (tries !== undefined) return wantedByTries(tries, purposes);
    return command.kind === 'enrol' ? wantedByEnrol(command, keys) : NOTHING_WANTED;
  });
  return {
    get places() {
      return wanted.flatMap(({ places }) => places);
    },
    get request_keys() {
      return wanted.flatMap(({ request_keys }) => request_keys);
    },
  };
}

/** Also how its subject stands with the other purposes: their wrong tries count for it (D-2). */
function wantedByTries({ tries }: Tries, purposes: VaultPorts['profile']['purpose_names']): Wanted {
  return {
    get places() {
      return tries.flatMap(({ subject }) => purposes.map((purpose) => ({ subject, purpose })));
    },
    get request_keys() {
      return tries.map(({ request_key }) => request_key);
    },
  };
}

function wantedByEnrol({ subject_name, purpose }: EnrolCommand, { keyring }: OpenKeys): Wanted {
  return { places: [{ subject: subjectOf(keyring.card_index, subject_name), purpose }], request_keys: [] };
}
