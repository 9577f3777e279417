// The front alone: the listening process, for a vault that runs as another user.
import { Command } from 'commander';
import { DAEMON_VERSION } from './config/daemon-version.ts';
import { addOptions, configOf } from './config/option-flags.ts';
import { EXIT_HELP } from './exit-codes.ts';
import { runFront, runProgram } from './run-program.ts';

const program = new Command('ramz-front')
  .description('the part of a Ramz daemon that listens: gRPC with mutual TLS, and no key; ramz-vault holds those')
  .version(DAEMON_VERSION)
  .addHelpText('after', EXIT_HELP)
  .action(async () => runFront(configOf(program, 'front')));
await runProgram(addOptions(program, 'front'));
