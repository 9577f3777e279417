// The `ramz-token` command, for laboratories, with all that it can do.
import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { doctorCommand } from '../commands/doctor.ts';
import { fleetCommand } from '../commands/fleet.ts';
import {
  challengeCommand,
  infoCommand,
  listCommand,
  pressCommand,
  provisionCommand,
  readCommand,
} from '../commands/host.ts';
import { profilesCommand } from '../commands/profiles.ts';
import { runEmulatorCommand } from '../commands/run.ts';
import { scenarioCommand } from '../commands/scenario.ts';

export function ramzTokenCommand(): Command {
  const { version } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };

  return new Command('ramz-token')
    .description('emulates tokens for laboratories, and talks to emulated and physical ones alike')
    .version(version)
    .addCommand(runEmulatorCommand())
    .addCommand(listCommand())
    .addCommand(infoCommand())
    .addCommand(pressCommand())
    .addCommand(readCommand())
    .addCommand(challengeCommand())
    .addCommand(provisionCommand())
    .addCommand(scenarioCommand())
    .addCommand(fleetCommand())
    .addCommand(profilesCommand())
    .addCommand(doctorCommand());
}
