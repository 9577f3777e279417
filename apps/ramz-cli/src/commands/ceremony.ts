import { REHEARSAL_CUSTODIANS, REHEARSAL_THRESHOLD, withRehearsal } from '@ramz/client';
import {
  type Announcement,
  CEREMONY_KINDS,
  type CeremonyKind,
  type CeremonyPlan,
  SCHEME_NAMES,
  type SchemeName,
} from '@ramz/custody';
import { Command, Option } from 'commander';
import { type DaemonOptions, daemonCommand, daemonOf } from '../daemon-options.ts';
import { EXIT, EXIT_HELP } from '../exit-codes.ts';
import { assertNewFile } from '../new-file.ts';
import { readCount } from '../options.ts';
import { writeSharePage } from '../page/share-page.ts';
import { attend } from '../people/attend.ts';
import { asPerson, type PersonAtTerminal, type PersonOptions, personCommand } from '../people/person-options.ts';
import { isOpen, progressOf } from '../people/progress.ts';
import { assertNotProposed, waitingOutcome } from '../people/waiting-outcome.ts';
import { type CommandResult, runCommand } from '../run-command.ts';
import { checkMinutesCommand, minutesCommand, signMinutesCommand, signMinutesOf } from './minutes.ts';
import { shareFormCommand } from './share-form.ts';

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
  const open = personCommand('open', 'opens a ceremony: the first one at once, later ones after enough approvals')
    .addOption(new Option('--kind <kind>', 'what it is for').choices([...CEREMONY_KINDS]).makeOptionMandatory())
    .addOption(
      new Option('--scheme <scheme>', 'any k of n shares, or all n XOR components')
        .choices([...SCHEME_NAMES])
        .default('slip39'),
    )
    .addOption(
      new Option('--threshold <number>', 'shares that open the root key (default: as in force)').argParser(readCount),
    )
    .option('--custodians <name...>', 'who takes part (default: all holders of a share)')
    .action((options: OpenOptions) =>
      runCommand(options, () => asPerson(options, (person) => openIt(person, options))),
    );
  const seat = personCommand('attend', 'takes part at your own terminal, until the ceremony has ended')
    .option('--print <file>', 'writes your share as an A5 page (PDF) as well; nothing is written otherwise')
    .action((options: AttendOptions) =>
      runCommand(options, () => asPerson(options, (person) => takePart(person, options))),
    );
  const show = personCommand('show', 'shows the state of the ceremony').action((options: PersonOptions) =>
    runCommand(options, () => asPerson(options, async (person) => outcomeOf(await person.line.look(), person))),
  );
  const finalise = personCommand('finalise', 'carries out a ceremony that is ready, or ends a roll-call').action(
    (options: PersonOptions) => runCommand(options, () => asPerson(options, (person) => finaliseIt(person))),
  );
  const abort = personCommand('abort', 'aborts the ceremony; nothing of it takes effect')
    .requiredOption('--reason <text>', 'why; recorded in the log (required)')
    .action((options: PersonOptions & { reason: string }) =>
      runCommand(options, () =>
        asPerson(options, (person) =>
          step(person, (ceremony) => ({ type: 'abort', ceremony, reason: options.reason })),
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
    .addCommand(signMinutesCommand())
    .addCommand(checkMinutesCommand())
    .addCommand(shareFormCommand());
}

function rehearseCommand(): Command {
  return daemonCommand(
    'rehearse',
    'plays the first ceremony by script, in the test realm: one operator, three custodians',
  )
    .addHelpText('after', EXIT_HELP)
    .action((options: DaemonOptions) => runCommand(options, () => rehearse(options)));
}

async function rehearse(options: DaemonOptions): Promise<CommandResult> {
  const { root_key_kcv: rootKeyKcv, ceremony } = await withRehearsal(daemonOf(options), (rehearsal) =>
    rehearsal.initialise(),
  );
  return {
    value: { rootKeyKcv, ceremony: ceremony?.id, custodians: REHEARSAL_CUSTODIANS },
    lines: [
      `root key made and split: ${REHEARSAL_THRESHOLD} of ${REHEARSAL_CUSTODIANS.join(', ')} open it`,
      `KCV ${rootKeyKcv}, ceremony ${ceremony?.id}`,
      `shares and people's keys are under ${options.dataDir}/custodians; next: ramz unseal`,
    ],
  };
}

async function openIt(person: PersonAtTerminal, options: OpenOptions): Promise<CommandResult> {
  const { line } = person;
  const plan = planFor(await line.look(), options);
  if (plan.kind === 'initialise') {
    return outcomeOf((await line.say({ type: 'open', plan, person: line.keys.person })).now, person);
  }
  const command = { name: 'open-ceremony' as const, plan };
  assertNotProposed(await line.look(), command);
  const { nonce, now } = await line.propose(command);
  return waitingOutcome(now, nonce) ?? outcomeOf(now, person);
}

/**
 * Returns the plan; options that are not given default to what is in force.
 * @throws Error for the first ceremony, where nothing is in force
 */
function planFor(before: Announcement, { kind, scheme, threshold, custodians }: OpenOptions): CeremonyPlan {
  if (kind === 'initialise' && (threshold === undefined || custodians === undefined)) {
    throw new Error(
      'the first ceremony needs --custodians (who will hold a share) and --threshold (how many shares open the root key)',
    );
  }
  return {
    kind,
    scheme: before.threshold === 0 || custodians !== undefined ? scheme : before.scheme,
    threshold: threshold ?? before.threshold,
    custodians: custodians ?? [...before.holders],
  };
}

async function takePart(person: PersonAtTerminal, options: AttendOptions): Promise<CommandResult> {
  const { line } = person;
  const { print, lang } = options;
  // A share is shown only once, so check first that its page can be written.
  if (print !== undefined) assertNewFile(print, '--print');
  let isPrinted = false;
  const now = await attend(person, async (share, ceremony) => {
    if (print === undefined) return;
    await writeSharePage(print, { share, ceremony, name: line.name, realm: line.keys.realm, language: lang });
    isPrinted = true;
  });
  await signMinutesOf(person, now);
  const outcome = outcomeOf(now, person);
  const isVoid = now.ceremony === null || now.ceremony.phase === 'aborted';
  const lastWords = [
    ...(now.ceremony?.phase === 'aborted' ? [person.texts.voidSheets] : []),
    ...(print !== undefined && !isPrinted ? [person.texts.noPage] : []),
  ];
  return { ...outcome, lines: [...outcome.lines, ...lastWords], ...(isVoid && { exitCode: EXIT.refused }) };
}

/** Finalises, or reports what is still missing: the vault would name only the phase. */
async function finaliseIt(person: PersonAtTerminal): Promise<CommandResult> {
  const { line, texts } = person;
  const before = await line.look();
  const phase = before.ceremony?.phase;
  if (isOpen(before) && phase !== 'finalise' && phase !== 'roll-call')
    throw new Error(`the ceremony cannot be carried out yet: ${progressOf(before, texts, line.name)}`);
  return step(person, (ceremony) => ({ type: 'finalise', ceremony }));
}

async function step(
  person: PersonAtTerminal,
  words: (ceremony: string) => Parameters<typeof person.line.say>[0],
): Promise<CommandResult> {
  const before = await person.line.look();
  if (before.ceremony === null || !isOpen(before)) throw new Error('no ceremony is open');
  return outcomeOf((await person.line.say(words(before.ceremony.id))).now, person);
}

function outcomeOf(now: Announcement, { texts, line }: PersonAtTerminal): CommandResult {
  const { ceremony } = now;
  return {
    value: now,
    lines: [progressOf(now, texts, line.name), ...(ceremony === null ? [] : [`${texts.ceremony} ${ceremony.id}`])],
  };
}
