import { Command } from 'commander';
import type { Daemon } from '../client/rehearse-ceremony.ts';

/** What every command is told about the daemon it talks to. */
export interface DaemonOptions {
  readonly dataDir: string;
  readonly host: string;
  readonly port: string;
  readonly json: boolean;
}

/** A command that talks to a daemon. */
export function daemonCommand(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .option(
      '--data-dir <path>',
      "the daemon's data directory, for its test certificates",
      process.env['RAMZ_DATA_DIR'] ?? '.ramz',
    )
    .option('--host <address>', 'where the daemon listens', process.env['RAMZ_HOST'] ?? 'localhost')
    .option('--port <number>', 'port the daemon listens on', process.env['RAMZ_PORT'] ?? '50551')
    .option('--json', 'one JSON object instead of lines', false);
}

export function daemonOf({ dataDir, host, port }: DaemonOptions): Daemon {
  return { data_dir: dataDir, host, port: Number(port) };
}
