import type { Command } from 'commander';
import { RamzClient } from '../../client/ramz-client.ts';
import { type DaemonOptions, daemonCommand, daemonOf } from '../daemon-options.ts';
import { EXIT_HELP, type Outcome, runCommand } from '../run-command.ts';

export function sealCommand(): Command {
  return daemonCommand('seal', 'wipes every key from memory')
    .addHelpText('after', EXIT_HELP)
    .action((options: DaemonOptions) => runCommand(options, () => seal(options)));
}

async function seal(options: DaemonOptions): Promise<Outcome> {
  const client = new RamzClient({ ...daemonOf(options), caller: 'operator' });
  const { logIndex } = await client.seal().finally(() => client.close());
  return { value: { logIndex }, lines: [`sealed, audit entry ${logIndex}; to open it again: ramz unseal`] };
}
