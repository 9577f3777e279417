// The front alone: the process that listens, beside a vault that another user runs.
import { Command, Option } from 'commander';
import {
  commonOptions,
  configOf,
  type DaemonFlags,
  dataDirectory,
  frontOptions,
  readUid,
} from './config/daemon-flags.ts';
import { DAEMON_VERSION } from './daemon.ts';
import { EXIT_HELP, runFront, runProgram } from './run-program.ts';

const program = new Command('ramz-front')
  .description('the part of a Ramz daemon that listens: gRPC with mutual TLS, and no key; ramz-vault holds those')
  .version(DAEMON_VERSION)
  .addOption(dataDirectory('where the certificates are: <data-dir>/pki'))
  .addOption(new Option('--socket <path>', "the vault's socket").env('RAMZ_SOCKET').makeOptionMandatory())
  .addOption(
    new Option('--vault-user <uid>', 'user that the vault runs as: a socket of anybody else is not believed')
      .env('RAMZ_VAULT_USER')
      .argParser(readUid)
      .makeOptionMandatory(),
  )
  .addHelpText('after', EXIT_HELP)
  .action(async (flags: Partial<DaemonFlags>) => runFront(configOf(flags)));
frontOptions(commonOptions(program));
await runProgram(program);
