import { bankPinDigits } from '@ramz/otp-core';
import { Command } from 'commander';
import type { Purpose } from '../../boundary/commands.ts';
import { type BankProfile, readBankProfile } from '../../config/bank-profile.ts';
import { profilePath } from '../../config/daemon-config.ts';
import { guessProbability, SPRAYED_CARDS } from '../../vault/domain/policy/guess-probability.ts';
import type { CardPolicy, PurposePolicy } from '../../vault/domain/policy/purpose-policy.ts';
import { EXIT_HELP, type Outcome, runLocally } from '../run-command.ts';

const HOUR_MS = 3600 * 1000;
const DAY_MS = 24 * HOUR_MS;
/** Each has codes of its own, so each makes guessing easier (D-13). */
const TOKENS_SHOWN = [2, 5, 10, 100, 1_000];

export function policyCommand(): Command {
  return new Command('policy')
    .description("a bank's rules: are they sound, what do they say, how safe are they")
    .addCommand(policyOf('check', 'whether a profile can be used; what is wrong, with its line', checked))
    .addCommand(policyOf('show', 'the rules in words', shown))
    .addCommand(policyOf('report', 'how likely a guess is, and what changing each number does', reported));
}

function policyOf(name: string, description: string, outcome: (profile: BankProfile) => Outcome): Command {
  return new Command(name)
    .description(description)
    .argument('<profile>', 'a profile that comes with the daemon, or a path to a YAML file')
    .option('--json', 'one JSON object instead of lines', false)
    .addHelpText('after', EXIT_HELP)
    .action((profile: string, options: { json: boolean }) =>
      runLocally(options, async () => outcome(readBankProfile(profilePath(profile)))),
    );
}

function checked({ name, purpose_names }: BankProfile): Outcome {
  return {
    value: { name, purposes: purpose_names },
    lines: [`the profile ${name} can be used: ${purpose_names.join(', ')}`],
  };
}

function policiesOf({ purposes }: BankProfile): [Purpose, PurposePolicy][] {
  return Object.entries(purposes) as [Purpose, PurposePolicy][];
}

function shown(profile: BankProfile): Outcome {
  const { name, card } = profile;
  return {
    value: profile,
    lines: [
      `profile ${name}`,
      ...policiesOf(profile).flatMap(([purpose, policy]) => ['', ...rulesText(purpose, policy)]),
      '',
      `a card or customer, over all purposes: ${card.tries_max} wrong codes in ${card.tries_interval_ms / HOUR_MS} h lock everything of it`,
    ],
  };
}

function rulesText(name: Purpose, policy: PurposePolicy): string[] {
  const { digits, hash, period_s, accepted_past_steps, channels } = policy;
  return [
    `${name}: ${digits} digits (${hash}), shown for ${period_s} s, accepted for ${period_s * (accepted_past_steps + 1)} s`,
    `  of a ${policy.subject} with ${policy.tokens_max === 1 ? 'one token' : `up to ${policy.tokens_max} tokens`}, from ${channels.join(', ')}`,
    `  locks after ${policy.tries_max} wrong codes since the last accepted one, in ${policy.tries_interval_ms / HOUR_MS} h`,
    `  a drifted token is found within ${policy.resync_steps.join(', ')} steps (${policy.resync_branch_steps} at a branch, ${policy.resync_ahead_steps} ahead), then followed by ${policy.drift_max_steps}`,
    `  locks after ${policy.slow_tries_max} wrong codes in ${policy.slow_tries_interval_ms / DAY_MS} days, accepted ones in between or not`,
  ];
}

function reported(profile: BankProfile): Outcome {
  const { name, card } = profile;
  const value = {
    name,
    purposes: policiesOf(profile).map(([purpose, policy]) => ({
      purpose,
      ...guessProbability(policy, card),
      changes: [
        ...TOKENS_SHOWN.filter((tokens) => tokens <= policy.tokens_max).map((tokens) => ({
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
    value,
    lines: [
      `profile ${name}: chances of somebody who knows a card or customer number and nothing else`,
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
    `  ${what.padEnd(21)} ${oneIn(chance.per_try).padStart(17)} ${oneIn(chance.per_lock).padStart(17)} ${percent(chance.per_year).padStart(9)}  ${count(chance.sprayed_hits).padStart(9)}`;
  return [
    '',
    `${purpose}: a try is compared with ${now.candidates} live codes; at most ${count(now.tries_per_year)} tries a year stay under every limit`,
    `  ${''.padEnd(21)} ${'one try'.padStart(17)} ${'until lock'.padStart(17)} ${'a year'.padStart(9)}  ${'sprayed *'.padStart(9)}`,
    row('as it is, one token', now),
    ...changes.map((change) => row(change.what, change)),
    `  * codes guessed on ${count(SPRAYED_CARDS)} cards or customers with one try less than locks`,
  ];
}

/** Each number by itself, one notch more or less. */
function changesOf(policy: PurposePolicy, card: CardPolicy) {
  const { digits, accepted_past_steps, tries_max, slow_tries_max } = policy;
  const change = (what: string, changed: Partial<PurposePolicy>, card_changed: Partial<CardPolicy> = {}) => ({
    what,
    policy: { ...policy, ...changed },
    card: { ...card, ...card_changed },
  });
  return [
    ...(digits < 10 ? [change(`digits ${digits + 1}`, { digits: bankPinDigits(digits + 1) })] : []),
    ...(accepted_past_steps > 0
      ? [change(`accepted_past_steps ${accepted_past_steps - 1}`, { accepted_past_steps: accepted_past_steps - 1 })]
      : []),
    change(`accepted_past_steps ${accepted_past_steps + 1}`, { accepted_past_steps: accepted_past_steps + 1 }),
    ...(tries_max > 1 ? [change(`tries_max ${tries_max - 1}`, { tries_max: tries_max - 1 })] : []),
    change(`tries_max ${tries_max + 5}`, { tries_max: tries_max + 5 }),
    change(`slow_tries_max ${Math.ceil(slow_tries_max / 2)}`, { slow_tries_max: Math.ceil(slow_tries_max / 2) }),
    change(`card.tries_max ${Math.ceil(card.tries_max / 2)}`, {}, { tries_max: Math.ceil(card.tries_max / 2) }),
  ];
}

function oneIn(chance: number): string {
  return chance <= 0 ? 'none' : `1 in ${count(1 / chance)}`;
}

function percent(chance: number): string {
  const per_cent = chance * 100;
  return `${per_cent >= 0.1 ? per_cent.toFixed(1) : per_cent.toPrecision(1)} %`;
}

function count(number: number): string {
  return number >= 10 ? Math.round(number).toLocaleString('en') : Number(number.toPrecision(2)).toString();
}
