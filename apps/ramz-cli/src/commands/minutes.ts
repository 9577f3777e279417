import { writeFileSync } from 'node:fs';
import { checkMinutes, fetchMinutes, minutesText, RamzClient, readMinutes } from '@ramz/client';
import { type Announcement, isFingerprint, sha256Hex } from '@ramz/custody';
import { Command, Option } from 'commander';
import { connectionOf, type DaemonOptions, daemonCommand } from '../daemon-options.ts';
import { EXIT, EXIT_HELP } from '../exit-codes.ts';
import { assertNewFile } from '../new-file.ts';
import {
  askYes,
  asPerson,
  type PersonAtTerminal,
  type PersonOptions,
  personCommand,
} from '../people/person-options.ts';
import { isOpen } from '../people/progress.ts';
import { type CommandResult, runCommand, runLocally } from '../run-command.ts';

const CHECK_HELP = '\nExit code: 0 all holds, 1 a fault was found, 2 could not be checked.';

export function minutesCommand(): Command {
  return daemonCommand('minutes', 'fetches the signed minutes of an ended ceremony')
    .argument('<ceremony>', '32 hexadecimal digits')
    .requiredOption('--out <file>', 'output file (required)')
    .addOption(new Option('--as <certificate>', 'caller whose certificate is used').default('auditor'))
    .addHelpText('after', EXIT_HELP)
    .action((ceremony: string, options: DaemonOptions & { out: string; as: string }) =>
      runCommand(options, async () => {
        assertNewFile(options.out, '--out');
        const client = new RamzClient(connectionOf(options, options.as));
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
  return personCommand('sign-minutes', 'shows the minutes of an ended ceremony, and signs them')
    .argument('[ceremony]', '32 hexadecimal digits (default: the one that ended last)')
    .addHelpText('after', EXIT_HELP)
    .action((named: string | undefined, options: PersonOptions) =>
      runCommand(options, () =>
        asPerson(options, async (person): Promise<CommandResult> => {
          const now = await person.line.look();
          const ceremony = named ?? (isOpen(now) ? undefined : now.ceremony?.id);
          if (ceremony === undefined) throw new Error('no ceremony has just ended: give the id of the one to sign');
          return { value: { ceremony, signed: await signMinutes(person, ceremony) }, lines: [] };
        }),
      ),
    );
}

/** Asks a person whom the minutes name to sign them, after `attend`. */
export async function signMinutesOf(person: PersonAtTerminal, { ceremony }: Announcement): Promise<void> {
  if (ceremony?.phase !== 'finalised' && ceremony?.phase !== 'aborted') return;
  const { plan, given, roster, id } = ceremony;
  const operators = roster.filter(({ role }) => role === 'operator').map(({ name }) => name);
  if ([...plan.custodians, ...given, ...operators].includes(person.line.name)) await signMinutes(person, id);
}

/**
 * Shows the minutes as they were checked, and signs exactly those.
 * @returns whether they were signed
 */
async function signMinutes({ line, terminal, texts }: PersonAtTerminal, ceremony: string): Promise<boolean> {
  const file = await fetchMinutes(line.wire, ceremony);
  const { faults, lines, signers, partakers } = await checkMinutes(file, line.vaultFingerprint);
  if (!partakers.includes(line.name))
    throw new Error(
      `${line.name} took no part in this ceremony and cannot sign its minutes; to read them: ramz ceremony minutes`,
    );
  await terminal.read([...lines, ...faults], { minutes: ceremony, faults }, texts.more);
  if (signers.includes(line.name)) {
    terminal.say([texts.minutesSignedBefore], { signed_before: true });
    return false;
  }
  if (faults.length > 0 || !(await askYes(terminal, texts, texts.minutesSign, 'sign-minutes'))) {
    terminal.say([texts.minutesNotSigned], { signed_minutes: null });
    return false;
  }
  const digest = sha256Hex(Buffer.from(file.minutes));
  await line.say({ type: 'sign-minutes', ceremony, minutes: digest });
  terminal.say([texts.minutesSigned], { signed_minutes: digest });
  return true;
}

export function checkMinutesCommand(): Command {
  return new Command('check-minutes')
    .description('checks minutes without a daemon, and shows them')
    .argument('<file>', 'from `ramz ceremony minutes`')
    .option('--vault <fingerprint>', "the vault's fingerprint, as you know it")
    .option('--json', 'one JSON object instead of lines', false)
    .addHelpText('after', CHECK_HELP)
    .action((file: string, options: { vault?: string; json: boolean }) =>
      runLocally(options, async () => {
        if (options.vault !== undefined && !isFingerprint(options.vault))
          throw new Error('--vault is six groups of five digits, in quotes');
        const { faults, lines, value } = await checkMinutes(readMinutes(file), options.vault);
        return {
          value: { ...value, faults },
          lines: [...lines, ...faults],
          ...(faults.length > 0 && { exitCode: EXIT.notAccepted }),
        };
      }),
    );
}
