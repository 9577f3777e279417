import { Command } from 'commander';
import type { Daemon } from '../client/people/rehearsal.ts';
import { dataDirOption, hostOption, portOption } from '../config/options.ts';

/** What every command is told about the daemon it talks to. */
export interface DaemonOptions {
  readonly dataDir: string;
  readonly host: string;
  readonly port: number;
  readonly json: boolean;
}

/** A command that talks to a daemon. */
export function daemonCommand(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .addOption(dataDirOption("the daemon's data directory, for its test certificates"))
    .addOption(hostOption('where the daemon listens'))
    .addOption(portOption('port the daemon listens on'))
    .option('--json', 'one JSON object instead of lines', false);
}

export function daemonOf({ dataDir, host, port }: DaemonOptions): Daemon {
  return { dataDir, host, port };
}
