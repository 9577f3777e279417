import type { Purpose } from '@ramz/audit-log';
import {
  type BankProfile,
  type CardPolicy,
  guessProbability,
  type PurposePolicy,
  profilePath,
  readBankProfile,
  SPRAYED_CARDS,
} from '@ramz/bank-profile';
import { snakeKeys } from '@ramz/custody';
import { bankPinDigits } from '@ramz/otp-core';
import { Command } from 'commander';
import { EXIT_HELP } from '../exit-codes.ts';
import { type CommandResult, runLocally } from '../run-command.ts';

const HOUR_MS = 3600 * 1000;
const DAY_MS = 24 * HOUR_MS;
/** Each token has its own codes, so each one makes guessing easier (D-13). */
const TOKENS_SHOWN = [2, 5, 10, 100, 1_000];

export function policyCommand(): Command {
  return new Command('policy')
    .description("checks and shows a bank's rules, and how safe they are")
    .addCommand(policyOf('check', 'checks whether a profile can be used; reports faults with their line', checked))
    .addCommand(policyOf('show', 'shows the rules in words', shown))
    .addCommand(policyOf('report', 'shows how likely a guess is, and what changing each number does', reported));
}

function policyOf(name: string, description: string, outcome: (profile: BankProfile) => CommandResult): Command {
  return new Command(name)
    .description(description)
    .argument('<profile>', 'name of a shipped profile, or path to a YAML file')
    .option('--json', 'one JSON object instead of lines', false)
    .addHelpText('after', EXIT_HELP)
    .action((profile: string, options: { json: boolean }) =>
      runLocally(options, async () => outcome(readBankProfile(profilePath(profile)))),
    );
}

function checked({ name, purposeNames }: BankProfile): CommandResult {
  return {
    value: { name, purposes: purposeNames },
    lines: [`the profile ${name} can be used: ${purposeNames.join(', ')}`],
  };
}

function policiesOf({ purposes }: BankProfile): [Purpose, PurposePolicy][] {
  return Object.entries(purposes) as [Purpose, PurposePolicy][];
}

function shown(profile: BankProfile): CommandResult {
  const { name, card } = profile;
  return {
    value: snakeKeys(profile) as object,
    lines: [
      `profile ${name}`,
      ...policiesOf(profile).flatMap(([purpose, policy]) => ['', ...rulesText(purpose, policy)]),
      '',
      `a card or customer, over all purposes: ${card.triesMax} wrong codes in ${card.triesIntervalMs / HOUR_MS} h lock everything of it`,
    ],
  };
}

function rulesText(name: Purpose, policy: PurposePolicy): string[] {
  const { digits, hash, periodSeconds, acceptedPastSteps, channels } = policy;
  return [
    `${name}: ${digits} digits (${hash}), shown for ${periodSeconds} s, accepted for ${periodSeconds * (acceptedPastSteps + 1)} s`,
    `  of a ${policy.subject} with ${policy.tokensMax === 1 ? 'one token' : `up to ${policy.tokensMax} tokens`}, from ${channels.join(', ')}`,
    `  locks after ${policy.triesMax} wrong codes since the last accepted one, in ${policy.triesIntervalMs / HOUR_MS} h`,
    `  a drifted token is found within ${policy.resyncSteps.join(', ')} steps (${policy.resyncBranchSteps} at a branch, ${policy.resyncAheadSteps} ahead), then followed by ${policy.driftMaxSteps}`,
    `  locks after ${policy.slowTriesMax} wrong codes in ${policy.slowTriesIntervalMs / DAY_MS} days, accepted ones in between or not`,
  ];
}

function reported(profile: BankProfile): CommandResult {
  const { name, card } = profile;
  const value = {
    name,
    purposes: policiesOf(profile).map(([purpose, policy]) => ({
      purpose,
      ...guessProbability(policy, card),
      changes: [
        ...TOKENS_SHOWN.filter((tokens) => tokens <= policy.tokensMax).map((tokens) => ({
          what: `${tokens} active tokens`,
          ...guessProbability(policy, card, tokens),
        })),
        ...changesOf(policy, card).map(({ what, policy: changed, card: other }) => ({
          what,
          ...guessProbability(changed, other),
        })),
      ],
    })),
  };
  return {
    value: snakeKeys(value) as object,
    lines: [
      `profile ${name}: chances of an attacker who knows only a card or customer number`,
      ...value.purposes.flatMap(reportText),
    ],
  };
}

type Report = ReturnType<typeof guessProbability> & {
  readonly purpose: Purpose;
  readonly changes: readonly (ReturnType<typeof guessProbability> & { readonly what: string })[];
};

function reportText({ purpose, changes, ...now }: Report): string[] {
  const row = (what: string, chance: ReturnType<typeof guessProbability>) =>
    `  ${what.padEnd(21)} ${oneIn(chance.perTry).padStart(17)} ${oneIn(chance.perLock).padStart(17)} ${percent(chance.perYear).padStart(9)}  ${count(chance.sprayedHits).padStart(9)}`;
  return [
    '',
    `${purpose}: a try is compared with ${now.candidates} live codes; at most ${count(now.triesPerYear)} tries a year stay under every limit`,
    `  ${''.padEnd(21)} ${'one try'.padStart(17)} ${'until lock'.padStart(17)} ${'a year'.padStart(9)}  ${'sprayed *'.padStart(9)}`,
    row('as it is, one token', now),
    ...changes.map((change) => row(change.what, change)),
    `  * codes guessed on ${count(SPRAYED_CARDS)} cards or customers with one try less than locks`,
  ];
}

/** Returns variants of a policy, each with one number changed. */
function changesOf(policy: PurposePolicy, card: CardPolicy) {
  const { digits, acceptedPastSteps, triesMax, slowTriesMax } = policy;
  const change = (what: string, changed: Partial<PurposePolicy>, cardChanged: Partial<CardPolicy> = {}) => ({
    what,
    policy: { ...policy, ...changed },
    card: { ...card, ...cardChanged },
  });
  return [
    ...(digits < 10 ? [change(`digits ${digits + 1}`, { digits: bankPinDigits(digits + 1) })] : []),
    ...(acceptedPastSteps > 0
      ? [change(`accepted_past_steps ${acceptedPastSteps - 1}`, { acceptedPastSteps: acceptedPastSteps - 1 })]
      : []),
    change(`accepted_past_steps ${acceptedPastSteps + 1}`, { acceptedPastSteps: acceptedPastSteps + 1 }),
    ...(triesMax > 1 ? [change(`tries_max ${triesMax - 1}`, { triesMax: triesMax - 1 })] : []),
    change(`tries_max ${triesMax + 5}`, { triesMax: triesMax + 5 }),
    change(`slow_tries_max ${Math.ceil(slowTriesMax / 2)}`, { slowTriesMax: Math.ceil(slowTriesMax / 2) }),
    change(`card.tries_max ${Math.ceil(card.triesMax / 2)}`, {}, { triesMax: Math.ceil(card.triesMax / 2) }),
  ];
}

function oneIn(chance: number): string {
  return chance <= 0 ? 'none' : `1 in ${count(1 / chance)}`;
}

function percent(chance: number): string {
  const perCent = chance * 100;
  return `${perCent >= 0.1 ? perCent.toFixed(1) : perCent.toPrecision(1)} %`;
}

function count(number: number): string {
  return number >= 10 ? Math.round(number).toLocaleString('en') : Number(number.toPrecision(2)).toString();
}
