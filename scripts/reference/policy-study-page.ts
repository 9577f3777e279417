// What the two banks' settings cost with hardware tokens: lives the shipped fleets and writes down
// what comes out.
import { fileURLToPath } from 'node:url';
import { readFleet } from '../../apps/token-emulator/src/fleet/fleet-file.ts';
import type { FleetPlan } from '../../apps/token-emulator/src/fleet/fleet-plan.ts';
import { runFleet } from '../../apps/token-emulator/src/fleet/run-fleet.ts';
import {
  customerYears,
  type Estimate,
  type FleetSummary,
  summarize,
} from '../../apps/token-emulator/src/fleet/summarize.ts';

const FILE = 'explanation/policy-study.md';

interface Studied {
  readonly plan: FleetPlan;
  readonly summary: FleetSummary;
}

/** The page lives under `docs/`. */
export async function policyStudyPage(): Promise<{ readonly file: string; readonly text: string }> {
  const [maskan, sepah] = [await study('maskan'), await study('sepah')];
  return { file: FILE, text: [head(), ...ofMaskan(maskan), ...ofSepah(sepah), tail()].join('\n') };
}

async function study(name: string): Promise<Studied> {
  const plan = readFleet(fileURLToPath(new URL(`../../apps/token-emulator/fleets/${name}.yaml`, import.meta.url)));
  return { plan, summary: summarize(plan, await runFleet(plan)) };
}

function head(): string {
  return `# What the banks' settings cost with hardware tokens

<!-- Made by npm run docs:reference. Do not edit. -->

For banks that choose between an app and tokens, and for those that set a server's windows. Two
fleets of a hundred thousand customers were lived for ten years, in closed form, with the physics of
[the token](physics.md). Bounds in parentheses are those of chance. Losses, falls, habits and prices
are assumptions: no bank has published them. \`npx ramz-token fleet <file> --sensitivity\` says how
much of a result hangs on each; with \`--out\` it draws the plots.
`;
}

function ofMaskan({ plan, summary }: Studied): string[] {
  const [app, each, both] = summary.policies;
  if (app === undefined || each === undefined || both === undefined) throw new Error('maskan.yaml has three policies');
  return [
    '## Bank Maskan: second PINs',
    '',
    `\`apps/token-emulator/fleets/maskan.yaml\`: ${whole(summary.customers)} customers, ${whole(summary.logins)} log-ins.`,
    'Codes of this minute and the former one are accepted (M-10, M-12, D-10).',
    '',
    ...policyTable(plan, summary),
    '',
    `- **As for the app**: of 1,000 right codes of tokens ${app.refusedOfLogins.value.toFixed(1)} are refused. An app's`,
    '  clock is set by the network; a token drifts away from a window of one step within months, and',
    '  drift is learned by two codes only.',
    `- **Learning at each log-in makes it worse** with a window that looks back only: ${each.refusedOfLogins.value.toFixed(1)} of`,
    '  1,000. A slow typist teaches the server a slow clock, and the next quick code is from its future.',
    `- **One step each way, and learning**: ${both.refusedOfLogins.value.toFixed(2)} of 1,000. This is what a bank with tokens wants.`,
    '',
    ...endTable(summary),
    '',
  ];
}

function ofSepah({ plan, summary }: Studied): string[] {
  const { ended, issued, customers, years } = summary;
  // Years from the first token on, as for the other figures.
  const lived = customerYears(plan);
  const lastsYears = lived / issued.value;
  const broken = ended.damaged.value + ended.heat.value;
  const { currency, token, issue } = plan.costs;
  const perYear = (issued.value * (token + issue)) / lived;
  return [
    "## Bank Sepah: what its page says in the app's favor, in figures",
    '',
    `\`apps/token-emulator/fleets/sepah.yaml\`: ${whole(customers)} customers with tokens instead of the app.`,
    '',
    '| fact | of a thousand customers with tokens, each year |',
    '|---|---|',
    `| S-6: customers pay nothing for hardware | ${(perYear * 1_000).toFixed(0)} ${currency} for tokens and for issuing them |`,
    `| S-7: no breakdown | ${bounded({ ...ended.damaged, value: broken })} tokens break |`,
    `| S-7: no battery running out | ${bounded(ended.cell)} cells are empty, ${bounded(ended.date)} tokens end by date |`,
    `| S-7: no loss | ${bounded(ended.lost)} are lost, ${bounded(ended.stolen)} stolen |`,
    `| S-8: no management and warehousing | a token lasts ${lastsYears.toFixed(1)} years in the mean; ${whole(issued.value)} are issued in ten |`,
    `| S-9: no time and money for procurement | ${whole(issued.value / years)} tokens a year |`,
    '',
    ...policyTable(plan, summary),
    '',
  ];
}

function policyTable(plan: FleetPlan, { policies }: FleetSummary): string[] {
  return [
    `| policy | refused of 1,000 log-ins | found by two codes | calls | cost, ${plan.costs.currency} |`,
    '|---|---|---|---|---|',
    ...policies.map(
      ({ name, refusedOfLogins, resyncs, calls, cost }) =>
        `| ${name} | ${bounded(refusedOfLogins)} | ${bounded(resyncs)} | ${bounded(calls)} | ${cost.toFixed(2)} |`,
    ),
    '',
    'Found by two codes and calls: per thousand customers and year. Cost, per customer and year: tokens,',
    'issues, these calls, and a call for each token that is replaced.',
  ];
}

function endTable({ ended }: FleetSummary): string[] {
  return [
    '| a token ends | per thousand customers and year |',
    '|---|---|',
    ...Object.entries(ended).map(([end, estimate]) => `| ${end} | ${bounded(estimate)} |`),
  ];
}

function tail(): string {
  return `## What this does not say

Nothing here is measured on a bank's customers. The physics is: drift, cells and heat follow data
sheets and field reports, each number with its source.
`;
}

function bounded({ value, low, high }: Estimate): string {
  return `${value.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`;
}

function whole(value: number): string {
  return Math.round(value).toLocaleString('en');
}
