// The daemon: starts the vault process, then becomes the front.
import { Command } from 'commander';
import { DAEMON_VERSION } from './config/daemon-version.ts';
import { addOptions, configOf } from './config/option-flags.ts';
import { EXIT_HELP } from './exit-codes.ts';
import { runFront, runProgram } from './run-program.ts';

const program = new Command('ramz-daemon')
  .description('one-time-code daemon: gRPC with mutual TLS in front, keys in a separate process')
  .version(DAEMON_VERSION)
  .addHelpText('after', EXIT_HELP)
  .action(async () =>
    runFront(
      configOf(program, 'daemon'),
      'front and vault run as one user: ramz-vault and ramz-front run as two (docs/how-to/run-as-two-users.md)',
    ),
  );
await runProgram(addOptions(program, 'daemon'));
