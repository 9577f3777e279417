import { Command } from 'commander';
import { type CommandOutcome, runCommand } from '../run-command.ts';

export function profilesCommand(): Command {
  return new Command('profiles')
    .description('kinds of tokens that can be emulated; with a name, all numbers of that kind and their sources')
    .argument('[name]', 'a profile, or a path to a YAML file')
    .option('--json', 'one JSON object instead of lines', false)
    .action((name: string | undefined, options: { json: boolean }) =>
      runCommand(options, () => (name === undefined ? all() : one(name))),
    );
}

/** Loaded on first use: other commands start without it. */
const reader = () => import('../../profile/read-device-profile.ts');

async function all(): Promise<CommandOutcome> {
  const { readDeviceProfile, shippedDeviceProfiles } = await reader();
  const profiles = shippedDeviceProfiles().map((name) => readDeviceProfile(name).profile);
  return { value: { profiles }, lines: profiles.map(({ name, says }) => `${name.padEnd(16)} ${says}`) };
}

async function one(name: string): Promise<CommandOutcome> {
  const { readDeviceProfile } = await reader();
  const { profile, numbers } = readDeviceProfile(name);
  const share = numbers.filter(({ source }) => source === 'assumption').length;
  return {
    value: { profile, numbers },
    lines: [
      `${profile.name}: ${profile.says}`,
      ...numbers.map(({ path, value, source }) => `  ${path.padEnd(28)} ${String(value).padStart(9)}  ${source}`),
      `${share} of ${numbers.length} numbers are assumptions`,
    ],
  };
}
