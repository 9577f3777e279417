// Runs the `ramz-token` command.
import { type Command, CommanderError } from 'commander';
import { ramzTokenCommand } from './program/ramz-token-command.ts';
import { EXIT } from './run-command.ts';

const program = ramzTokenCommand();
// A reader that closes the pipe early (`| head`) is not an error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});
const allOf = (command: Command): Command[] => [command, ...command.commands.flatMap(allOf)];
for (const command of allOf(program)) command.exitOverride().showHelpAfterError('(run with --help for usage)');
try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  // A command line that cannot be parsed exits with 2, because 1 is a regular answer.
  process.exitCode = error.exitCode === 0 ? 0 : EXIT.refused;
}
