import { writeFileSync } from 'node:fs';
import { SCHEME_NAMES, type SchemeName, sha256Hex } from '@ramz/custody';
import { Command, Option } from 'commander';
import type { Announcement } from '../../boundary/announcement.ts';
import { CEREMONY_KINDS, type CeremonyKind } from '../../boundary/quorum.ts';
import type { CeremonyPlan } from '../../boundary/statements.ts';
import { checkMinutes } from '../../client/minutes/check-minutes.ts';
import { fetchMinutes, minutesText, readMinutes } from '../../client/minutes/minutes-file.ts';
import { REHEARSAL_CUSTODIANS, REHEARSAL_THRESHOLD, withRehearsal } from '../../client/people/rehearsal.ts';
import { RamzClient } from '../../client/ramz-client.ts';
import { readCount } from '../../config/options.ts';
import { type DaemonOptions, daemonCommand, daemonOf } from '../daemon-options.ts';
import { writeSharePage } from '../page/share-page.ts';
import {
  askYes,
  asPerson,
  type PersonAtTerminal,
  type PersonOptions,
  personCommand,
} from '../people/person-options.ts';
import { attend, progressOf } from '../people/table.ts';
import { EXIT, EXIT_HELP, type Outcome, runCommand, runLocally } from '../run-command.ts';
import { textsIn } from '../terminal/texts.ts';

interface OpenOptions extends PersonOptions {
  readonly kind: CeremonyKind;
  readonly scheme: SchemeName;
  readonly threshold?: number;
  readonly custodians?: string[];
}

interface AttendOptions extends PersonOptions {
  readonly print?: string;
}

export function ceremonyCommand(): Command {
  const open = personCommand('open', 'opens a ceremony; the first one at once, later ones when enough have approved')
    .addOption(new Option('--kind <kind>', 'what for').choices([...CEREMONY_KINDS]).makeOptionMandatory())
    .addOption(
      new Option('--scheme <scheme>', 'any k of n shares, or all n XOR components')
        .choices([...SCHEME_NAMES])
        .default('slip39'),
    )
    .addOption(
      new Option('--threshold <number>', 'shares that open the root key (default: as in force)').argParser(readCount),
    )
    .option('--custodians <name...>', 'who takes part (default: whoever holds a share)')
    .action((options: OpenOptions) =>
      runCommand(options, () => asPerson(options, (person) => openIt(person, options))),
    );
  const seat = personCommand('attend', 'takes part at your own terminal, until the ceremony has ended')
    .option('--print <file>', 'writes your share as an A5 page (PDF) as well; nothing is written otherwise')
    .action((options: AttendOptions) =>
      runCommand(options, () => asPerson(options, (person) => takePart(person, options))),
    );
  const show = personCommand('show', 'how the ceremony stands').action((options: PersonOptions) =>
    runCommand(options, () => asPerson(options, async ({ line }) => outcomeOf(await line.look(), options))),
  );
  const finalise = personCommand('finalise', 'carries out what is ready, or ends a roll-call').action(
    (options: PersonOptions) =>
      runCommand(options, () =>
        asPerson(options, (person) => step(person, options, (ceremony) => ({ type: 'finalise', ceremony }))),
      ),
  );
  const abort = personCommand('abort', 'breaks the ceremony off; nothing of it takes effect')
    .requiredOption('--reason <text>', 'why: it goes into the log (required)')
    .action((options: PersonOptions & { reason: string }) =>
      runCommand(options, () =>
        asPerson(options, (person) =>
          step(person, options, (ceremony) => ({ type: 'abort', ceremony, reason: options.reason })),
        ),
      ),
    );
  return new Command('ceremony')
    .description('key ceremonies')
    .addCommand(rehearseCommand())
    .addCommand(open.addHelpText('after', EXIT_HELP))
    .addCommand(seat.addHelpText('after', EXIT_HELP))
    .addCommand(show.addHelpText('after', EXIT_HELP))
    .addCommand(finalise.addHelpText('after', EXIT_HELP))
    .addCommand(abort.addHelpText('after', EXIT_HELP))
    .addCommand(minutesCommand())
    .addCommand(checkMinutesCommand());
}

function rehearseCommand(): Command {
  return daemonCommand(
    'rehearse',
    'plays the first ceremony by script, in the test realm: one operator, three custodians',
  )
    .addHelpText('after', EXIT_HELP)
    .action((options: DaemonOptions) => runCommand(options, () => rehearse(options)));
}

async function rehearse(options: DaemonOptions): Promise<Outcome> {
  const { root_key_kcv, ceremony } = await withRehearsal(daemonOf(options), (rehearsal) => rehearsal.initialise());
  return {
    value: { rootKeyKcv: root_key_kcv, ceremony: ceremony?.id, custodians: REHEARSAL_CUSTODIANS },
    lines: [
      `root key made and split: ${REHEARSAL_THRESHOLD} of ${REHEARSAL_CUSTODIANS.join(', ')} open it`,
      `KCV ${root_key_kcv}, ceremony ${ceremony?.id}`,
      `shares and people's keys are under ${options.dataDir}/custodians; next: ramz unseal`,
    ],
  };
}

async function openIt({ line }: PersonAtTerminal, options: OpenOptions): Promise<Outcome> {
  const before = await line.look();
  const plan: CeremonyPlan = {
    kind: options.kind,
    scheme: before.threshold === 0 || options.custodians !== undefined ? options.scheme : before.scheme,
    threshold: options.threshold ?? before.threshold,
    custodians: options.custodians ?? [...before.holders],
  };
  if (plan.kind === 'initialise') {
    return outcomeOf((await line.say({ type: 'open', plan, person: line.keys.person })).now, options);
  }
  const { nonce, now } = await line.propose({ name: 'open-ceremony', plan });
  const waiting = now.proposals.find((proposal) => proposal.nonce === nonce && proposal.used === 0);
  if (waiting === undefined) return outcomeOf(now, options);
  return {
    value: { proposal: nonce, missing: waiting.missing },
    lines: [`proposed, and waits for ${waiting.missing}`, `they approve with: ramz approve ${nonce}`],
  };
}

async function takePart(person: PersonAtTerminal, options: AttendOptions): Promise<Outcome> {
  const { line } = person;
  const { print, lang } = options;
  const now = await attend(person, async (share, ceremony) => {
    if (print !== undefined)
      await writeSharePage(print, { share, ceremony, name: line.name, realm: line.keys.realm, language: lang });
  });
  await signMinutes(person, now);
  return outcomeOf(now, options);
}

/** Shows the minutes as they were checked, and signs what was shown. */
async function signMinutes({ line, terminal, texts }: PersonAtTerminal, { ceremony }: Announcement): Promise<void> {
  if (ceremony?.phase !== 'finalised' && ceremony?.phase !== 'aborted') return;
  const file = await fetchMinutes(line.wire, ceremony.id);
  const { faults, lines } = await checkMinutes(file, undefined);
  terminal.say([...lines, ...faults], { minutes: ceremony.id, faults });
  if (faults.length > 0 || !(await askYes(terminal, texts, texts.minutes_sign, 'sign-minutes'))) return;
  const digest = sha256Hex(Buffer.from(file.minutes));
  await line.say({ type: 'sign-minutes', ceremony: ceremony.id, minutes: digest });
  terminal.say([texts.minutes_signed], { signed_minutes: digest });
}

async function step(
  { line }: PersonAtTerminal,
  options: PersonOptions,
  words: (ceremony: string) => Parameters<typeof line.say>[0],
): Promise<Outcome> {
  const { ceremony } = await line.look();
  if (ceremony === null) throw new Error('no ceremony is open');
  return outcomeOf((await line.say(words(ceremony.id))).now, options);
}

function outcomeOf(now: Announcement, { lang }: PersonOptions): Outcome {
  const { ceremony } = now;
  const aborted = ceremony?.phase === 'aborted';
  return {
    value: now,
    lines: [progressOf(now, { texts: textsIn(lang) }), ...(ceremony === null ? [] : [`ceremony ${ceremony.id}`])],
    ...(aborted && { exit_code: EXIT.refused }),
  };
}

function minutesCommand(): Command {
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

function checkMinutesCommand(): Command {
  return new Command('check-minutes')
    .description('checks minutes without a daemon, and shows them to be read')
    .argument('<file>', 'from `ramz ceremony minutes`')
    .option('--vault <fingerprint>', "the vault's fingerprint, as you know it")
    .option('--json', 'one JSON object instead of lines', false)
    .addHelpText('after', EXIT_HELP)
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
