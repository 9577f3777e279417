import type { Connection, Daemon } from '@ramz/client';
import { Command, Option } from 'commander';
import { dataDirOption, hostOption, portOption } from './options.ts';

/** Options of every command that calls a daemon. */
export interface DaemonOptions {
  readonly dataDir: string;
  readonly host: string;
  readonly port: number;
  readonly json: boolean;
  readonly tlsCa?: string;
  readonly tlsCert?: string;
  readonly tlsKey?: string;
  readonly serverName?: string;
}

/** Returns a command with the options to reach a daemon. */
export function daemonCommand(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .addOption(dataDirOption("the daemon's data directory, for its test certificates"))
    .addOption(hostOption('address of the daemon'))
    .addOption(portOption('port of the daemon'))
    .addOption(fileOption('--tls-ca', "authority that signed the daemon's certificate", 'RAMZ_TLS_CA', 'ca.crt'))
    .addOption(fileOption('--tls-cert', 'your certificate', 'RAMZ_TLS_CERT', '<caller>.crt'))
    .addOption(fileOption('--tls-key', 'key of your certificate', 'RAMZ_TLS_KEY', '<caller>.key'))
    .addOption(
      new Option(
        '--server-name <name>',
        "name that the daemon's certificate must carry (default: the host; localhost in a test realm)",
      ).env('RAMZ_SERVER_NAME'),
    )
    .option('--json', 'one JSON object instead of lines', false);
}

/** Returns the daemon of the test realm that a rehearsal's people use. */
export function daemonOf({ dataDir, host, port }: DaemonOptions): Daemon {
  return { dataDir, host, port };
}

/** @param caller name of the certificate to show where the options name no file */
export function connectionOf(options: DaemonOptions, caller: string): Connection {
  const { dataDir, host, port, serverName, tlsCa, tlsCert, tlsKey } = options;
  const files = {
    ...(tlsCa !== undefined && { ca: tlsCa }),
    ...(tlsCert !== undefined && { certificate: tlsCert }),
    ...(tlsKey !== undefined && { key: tlsKey }),
  };
  return { dataDir, host, port, caller, files, serverName };
}

function fileOption(flag: string, what: string, variable: string, usual: string): Option {
  return new Option(`${flag} <file>`, `PEM file: ${what} (default: <data-dir>/pki/${usual})`).env(variable);
}
