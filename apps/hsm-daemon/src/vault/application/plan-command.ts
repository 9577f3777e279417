import type { Command, EnrolCommand } from '../../boundary/commands.ts';
import { subjectOf } from '../crypto/keyed-digests.ts';
import type { Wanted } from '../store/ledger.ts';
import type { Tries } from './decide-tries.ts';
import type { OpenKeys } from './open-keys.ts';
import type { VaultPorts } from './ports.ts';
import { readResynchronise } from './resynchronise-token.ts';
import { readVerify } from './verify-codes.ts';
import { readSignature } from './verify-signature.ts';

/** A command that was read, before the store is asked for what it needs. */
export interface Planned {
  readonly command: Command;
  /** Of a command that wants verdicts. */
  readonly tries?: Tries;
}

const NOTHING: Wanted = { places: [], request_keys: [] };

/** @throws Fault for a command that can not be read */
export function planCommand(command: Command, keys: OpenKeys, ports: VaultPorts): Planned {
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

/** What the store is asked for before these are run. */
export function wantedBy(planned: readonly Planned[], keys: OpenKeys, { profile }: VaultPorts): Wanted {
  const purposes = profile.purpose_names;
  const wanted = planned.map(({ command, tries }) => {
    if (tries !== undefined) return wantedByTries(tries, purposes);
    return command.kind === 'enrol' ? wantedByEnrol(command, keys) : NOTHING;
  });
  return {
    places: wanted.flatMap(({ places }) => places),
    request_keys: wanted.flatMap(({ request_keys }) => request_keys),
  };
}

/** Also how its subject stands with the other purposes: their wrong tries count for it (D-2). */
function wantedByTries({ tries }: Tries, purposes: VaultPorts['profile']['purpose_names']): Wanted {
  return {
    places: tries.flatMap(({ subject }) => purposes.map((purpose) => ({ subject, purpose }))),
    request_keys: tries.map(({ request_key }) => request_key),
  };
}

function wantedByEnrol({ subject_name, purpose }: EnrolCommand, { keyring }: OpenKeys): Wanted {
  return { places: [{ subject: subjectOf(keyring.card_index, subject_name), purpose }], request_keys: [] };
}
