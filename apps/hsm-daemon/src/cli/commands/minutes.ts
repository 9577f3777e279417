import { writeFileSync } from 'node:fs';
import { sha256Hex } from '@ramz/custody';
import { Command, Option } from 'commander';
import type { Announcement } from '../../boundary/announcement.ts';
import { checkMinutes } from '../../client/minutes/check-minutes.ts';
import { fetchMinutes, minutesText, readMinutes } from '../../client/minutes/minutes-file.ts';
import { RamzClient } from '../../client/ramz-client.ts';
import { type DaemonOptions, daemonCommand, daemonOf } from '../daemon-options.ts';
import {
  askYes,
  asPerson,
  type PersonAtTerminal,
  type PersonOptions,
  personCommand,
} from '../people/person-options.ts';
import { isOpen } from '../people/progress.ts';
import { EXIT, EXIT_HELP, type Outcome, runCommand, runLocally } from '../run-command.ts';

const CHECK_HELP = '\nExit code: 0 all holds, 1 a fault was found, 2 could not be checked.';

export function minutesCommand(): Command {
  return daemonCommand('minutes', 'fetches the signed minutes of an ended ceremony')
    .argument('<ceremony>', '32 hexadecimal digits')
    .requiredOption('--out <file>', 'where they go (required)')
    .addOption(new Option('--as <certificate>', 'whose certificate to show').default('auditor'))
    .addHelpText('after', EXIT_HELP)
    .action((ceremony: string, options: DaemonOptions & { out: string; as: string }) =>
      runCommand(options, async () => {
        const client = new RamzClient({ ...daemonOf(options), caller: options.as });
        const file = await fetchMinutes(client, ceremony).finally(() => client.close());
        writeFileSync(options.out, minutesText(file));
        return {
          value: { out: options.out },
          lines: [`minutes are in ${options.out}; check them with: ramz ceremony check-minutes ${options.out}`],
        };
      }),
    );
}

export function signMinutesCommand(): Command {
  return personCommand('sign-minutes', 'shows the minutes of the ceremony that ended last, and signs them')
    .addHelpText('after', EXIT_HELP)
    .action((options: PersonOptions) =>
      runCommand(options, () =>
        asPerson(options, async (person): Promise<Outcome> => {
          const now = await person.line.look();
          const { ceremony } = now;
          if (ceremony === null || isOpen(now))
            throw new Error('no ceremony has just ended: minutes are signed before the next one is opened');
          const signed = await signMinutes(person, now);
          return { value: { ceremony: ceremony.id, signed }, lines: signed ? [] : ['not signed'] };
        }),
      ),
    );
}

/** Shows the minutes as they were checked, and signs what was shown. Whether they were signed. */
export async function signMinutes(
  { line, terminal, texts }: PersonAtTerminal,
  { ceremony }: Announcement,
): Promise<boolean> {
  if (ceremony?.phase !== 'finalised' && ceremony?.phase !== 'aborted') return false;
  const file = await fetchMinutes(line.wire, ceremony.id);
  const { faults, lines } = await checkMinutes(file, line.vault_fingerprint);
  terminal.say([...lines, ...faults], { minutes: ceremony.id, faults });
  if (faults.length > 0 || !(await askYes(terminal, texts, texts.minutes_sign, 'sign-minutes'))) return false;
  const digest = sha256Hex(Buffer.from(file.minutes));
  await line.say({ type: 'sign-minutes', ceremony: ceremony.id, minutes: digest });
  terminal.say([texts.minutes_signed], { signed_minutes: digest });
  return true;
}

export function checkMinutesCommand(): Command {
  return new Command('check-minutes')
    .description('checks minutes without a daemon, and shows them to be read')
    .argument('<file>', 'from `ramz ceremony minutes`')
    .option('--vault <fingerprint>', "the vault's fingerprint, as you know it")
    .option('--json', 'one JSON object instead of lines', false)
    .addHelpText('after', CHECK_HELP)
    .action((file: string, options: { vault?: string; json: boolean }) =>
      runLocally(options, async () => {
        const { faults, lines, value } = await checkMinutes(readMinutes(file), options.vault);
        return {
          value: { ...value, faults },
          lines: [...lines, ...faults],
          ...(faults.length > 0 && { exit_code: EXIT.not_accepted }),
        };
      }),
    );
}
