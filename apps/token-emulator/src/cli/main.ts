// The `ramz-token` command, for laboratories.
import { readFileSync } from 'node:fs';
import { Command } from 'commander';
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

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

await new Command('ramz-token')
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
  .addCommand(doctorCommand())
  .parseAsync();
