// The `ramz-token` command, for laboratories.
import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { doctorCommand } from './commands/doctor.ts';
import {
  challengeCommand,
  infoCommand,
  listCommand,
  pressCommand,
  provisionCommand,
  readCommand,
} from './commands/host.ts';
import { profilesCommand } from './commands/profiles.ts';
import { runEmulatorCommand } from './commands/run.ts';
import { scenarioCommand } from './commands/scenario.ts';
import { EXIT } from './run-command.ts';

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

const program = new Command('ramz-token')
  .description('tokens for laboratories: emulates them, and talks to emulated and physical ones alike')
  .version(version)
  .addCommand(runEmulatorCommand())
  .addCommand(listCommand())
  .addCommand(infoCommand())
  .addCommand(pressCommand())
  .addCommand(readCommand())
  .addCommand(challengeCommand())
  .addCommand(provisionCommand())
  .addCommand(scenarioCommand())
  .addCommand(profilesCommand())
  .addCommand(doctorCommand());

// Whoever reads a few lines of ours and goes (`| head`) is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});
const allOf = (command: Command): Command[] => [command, ...command.commands.flatMap(allOf)];
for (const command of allOf(program)) command.exitOverride().showHelpAfterError('(--help tells what there is)');
try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  // A line that cannot be understood ends with 2: 1 is an answer.
  process.exitCode = error.exitCode === 0 ? 0 : EXIT.refused;
}
