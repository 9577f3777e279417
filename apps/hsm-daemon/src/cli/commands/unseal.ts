import type { Command } from 'commander';
import { REHEARSAL_CUSTODIANS, REHEARSAL_THRESHOLD, unsealWith } from '../../client/rehearse-ceremony.ts';
import { type DaemonOptions, daemonCommand, daemonOf } from '../daemon-options.ts';
import { EXIT_HELP, type Outcome, runCommand } from '../run-command.ts';

interface UnsealOptions extends DaemonOptions {
  readonly custodian?: string[];
}

export function unsealCommand(): Command {
  const needed = `${REHEARSAL_THRESHOLD} of ${REHEARSAL_CUSTODIANS.length} are needed`;
  return daemonCommand('unseal', `custodians of a rehearsal give their shares; ${needed}`)
    .option('--custodian <name...>', `whose shares (default: the first ${REHEARSAL_THRESHOLD})`)
    .addHelpText('after', EXIT_HELP)
    .action((options: UnsealOptions) => runCommand(options, () => unseal(options)));
}

async function unseal(options: UnsealOptions): Promise<Outcome> {
  const names = options.custodian ?? REHEARSAL_CUSTODIANS.slice(0, REHEARSAL_THRESHOLD);
  const { unsealed, given, threshold } = await unsealWith(daemonOf(options), names);
  const state = unsealed
    ? 'the daemon is operational'
    : `${given} of ${threshold} are given, the daemon is still sealed`;
  return {
    value: { unsealed, given, threshold, gave: names },
    lines: [`shares of ${names.join(' and ')} taken: ${state}`],
  };
}
