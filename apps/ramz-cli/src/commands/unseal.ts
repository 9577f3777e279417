import { REHEARSAL_CUSTODIANS, REHEARSAL_THRESHOLD, type UnsealProgress, withRehearsal } from '@ramz/client';
import { type Announcement, type CeremonyPlan, type DaemonState, NEXT_STEP } from '@ramz/custody';
import type { Command } from 'commander';
import { daemonOf } from '../daemon-options.ts';
import { EXIT_HELP } from '../exit-codes.ts';
import { attend } from '../people/attend.ts';
import { asPerson, type PersonAtTerminal, type PersonOptions, personCommand } from '../people/person-options.ts';
import { type CommandResult, runCommand } from '../run-command.ts';

interface UnsealOptions extends PersonOptions {
  readonly custodian?: string[];
  readonly peopleOf?: string;
}

export function unsealCommand(): Command {
  return personCommand(
    'unseal',
    'gives your share as a custodian; after the last share needed, the daemon is operational',
  )
    .option('--custodian <name...>', `in a rehearsal: whose shares (default: the first ${REHEARSAL_THRESHOLD})`)
    .option('--people-of <path>', 'in a rehearsal: data directory of the daemon where its first ceremony was')
    .addHelpText('after', EXIT_HELP)
    .action((options: UnsealOptions) =>
      runCommand(options, () =>
        options.keys === undefined ? rehearse(options) : asPerson(options, (person) => unseal(person)),
      ),
    );
}

async function rehearse(options: UnsealOptions): Promise<CommandResult> {
  const names = options.custodian ?? REHEARSAL_CUSTODIANS.slice(0, REHEARSAL_THRESHOLD);
  const progress = await withRehearsal(daemonOf(options), (rehearsal) => rehearsal.unseal(names), options.peopleOf);
  return {
    value: { ...progress, gave: names },
    lines: [`shares of ${names.join(' and ')} taken: ${stateText(progress)}`],
  };
}

function stateText({ state, given, threshold }: UnsealProgress): string {
  if (state === 'sealed') return `${given} of ${threshold} are given, the daemon is still sealed`;
  return state === 'operational' ? 'the daemon is operational' : `the daemon is ${state}: ${nextStep(state)}`;
}

function nextStep(state: DaemonState): string {
  return NEXT_STEP[state] ?? '`ramz status` says why';
}

/** Opens the unsealing if it is not open yet, and gives the share. */
async function unseal(person: PersonAtTerminal): Promise<CommandResult> {
  const before = await person.line.look();
  if (before.state === 'operational')
    return { value: { state: before.state }, lines: ['the daemon is operational: no share is needed'] };
  if (before.state !== 'sealed') throw new Error(`the daemon is ${before.state}: ${nextStep(before.state)}`);
  if (!isUnsealing(before)) await openUnsealing(person, before);
  const now = await attend(
    person,
    () => Promise.resolve(),
    ({ state }) => state !== 'sealed',
  );
  const why = now.state === 'operational' ? '' : `: ${nextStep(now.state)}`;
  return { value: { state: now.state }, lines: [`the daemon is ${now.state}${why}`] };
}

async function openUnsealing({ line }: PersonAtTerminal, { scheme, threshold, holders }: Announcement): Promise<void> {
  const plan: CeremonyPlan = { kind: 'unseal', scheme, threshold, custodians: [...holders] };
  try {
    await line.propose({ name: 'open-ceremony', plan });
  } catch (error) {
    // Another custodian may have opened it first.
    const now = await line.look();
    if (!isUnsealing(now) && now.state === 'sealed') throw error;
  }
}

function isUnsealing({ ceremony }: Announcement): boolean {
  return ceremony?.plan.kind === 'unseal' && ceremony.phase === 'give';
}
