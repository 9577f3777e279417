// The daemon: starts the vault process, then becomes the front.
import { Command } from 'commander';
import {
  commonOptions,
  configOf,
  type DaemonFlags,
  dataDirectory,
  frontOptions,
  vaultOptions,
} from './config/daemon-flags.ts';
import { DAEMON_VERSION } from './daemon.ts';
import { EXIT_HELP, runFront, runProgram } from './run-program.ts';

const program = new Command('ramz-daemon')
  .description('one-time-code daemon: gRPC with mutual TLS in front, keys in a process of their own')
  .version(DAEMON_VERSION)
  .addOption(dataDirectory('where the store and the test certificates are'))
  .addHelpText('after', EXIT_HELP)
  .action(async (flags: DaemonFlags) =>
    runFront(
      configOf(flags),
      'front and vault run as one user: ramz-vault and ramz-front run as two (docs/operations.md)',
    ),
  );
vaultOptions(frontOptions(commonOptions(program)));
await runProgram(program);
