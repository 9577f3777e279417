import type { FleetCounts, PolicyCount } from '../fleet/fleet-counts.ts';
import type { FleetPlan } from '../fleet/fleet-plan.ts';
import type { Sensitivity } from '../fleet/sensitivity.ts';
import { ENDS, type Estimate, type FleetSummary } from '../fleet/summarize.ts';
import { plotDrift, plotEnds, plotPolicies, plotSensitivity } from './plots.ts';

/** All that a report is made of. */
export interface FleetResult {
  readonly plan: FleetPlan;
  readonly counts: FleetCounts;
  readonly summary: FleetSummary;
  readonly sensitivity: Sensitivity | undefined;
}

const STYLE = `body{font:16px/1.5 system-ui,sans-serif;max-width:56rem;margin:2rem auto;padding:0 1rem;color:#1d1d1f}
table{border-collapse:collapse;width:100%;margin:1rem 0}th,td{padding:.35rem .6rem;border-bottom:1px solid #d5d5d8;text-align:right}
th:first-child,td:first-child{text-align:left}figure{margin:1.5rem 0}figure,.wide{overflow-x:auto}figure svg{width:100%;min-width:40rem;height:auto}small{color:#55555a}
@media(max-width:40rem){body{font-size:14px;margin:1rem auto}th,td{padding:.3rem .25rem;font-size:.75rem}figure svg{min-width:0}td small{display:block}}`;

/** Returns a page that needs nothing else: no script, no file, no network. */
export function htmlOf({ plan, counts, summary, sensitivity }: FleetResult): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Fleet ${escaped(plan.name)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${escaped(plan.name)}</h1>
<p>${escaped(plan.says)}</p>
<p>${whole(summary.customers)} customers for ${summary.years} years, ${whole(summary.logins)} log-ins, seed ${plan.seed}. Bounds are those of chance: 95 of 100 such fleets lie within them.</p>
<h2>What tokens cost the bank and its customers</h2>
${policyTable(plan, summary)}
<h2>How tokens end</h2>
${endTable(summary)}
<figure>${plotEnds(counts)}</figure>
<h2>How far their clocks drift</h2>
<p>In the green band every code is accepted by ${escaped(plan.policies[0]?.name ?? '')}, without learning; within a step of it, some are.</p>
<figure>${plotDrift(plan, counts)}</figure>
${POLICY_PLOTS.map(([what, title]) => policyPlot(plan, counts, what, title)).join('\n')}
${sensitivity === undefined ? '' : sensitivityPart(plan, sensitivity)}
</body>
</html>
`;
}

const POLICY_PLOTS: readonly (readonly [PolicyCount, string])[] = [
  ['refused', 'Right codes that are refused'],
  ['resyncs', 'Tokens that are found by two codes'],
  ['calls', 'Calls to the help desk'],
  ['locks', 'Locks'],
];

function policyPlot(plan: FleetPlan, counts: FleetCounts, what: PolicyCount, title: string): string {
  const plot = plotPolicies(plan, counts, what);
  return `<h2>${title}</h2>\n${plot === undefined ? '<p>None, under any policy.</p>' : `<figure>${plot}</figure>`}`;
}

function policyTable(plan: FleetPlan, { policies }: FleetSummary): string {
  const head = [
    'policy',
    'refused of 1,000 log-ins',
    'found by two codes',
    'calls',
    'locks',
    `cost, ${escaped(plan.costs.currency)}`,
  ];
  const rows = policies.map(({ name, refusedOfLogins, resyncs, calls, locks, cost }) => [
    escaped(name),
    ...[refusedOfLogins, resyncs, calls, locks].map(bounded),
    cost.toFixed(2),
  ]);
  return `${table(head, rows)}<p><small>Tokens found by two codes, calls and locks: per thousand customers and year. Cost, per customer and year: tokens, cells, issues, these calls, and a call for each token that is replaced. What a refused code costs a customer has no price here.</small></p>`;
}

function endTable({ ended, issued, cells }: FleetSummary): string {
  const rows = ENDS.map((end) => [end, bounded(ended[end])]);
  const onlyCells = cells > 0 ? `, ${whole(cells)} of them the former ones with another cell` : '';
  const bought = `${whole(issued.value)} tokens are issued in all${onlyCells}.`;
  return `${table(['end', 'per thousand customers and year'], rows)}<p>${bought}</p>`;
}

function sensitivityPart(plan: FleetPlan, sensitivity: Sensitivity): string {
  const rows = sensitivity.effects.map(({ number, refused, cells, calls, cost }) => [
    escaped(number),
    ...[refused, cells, calls, cost].map(([less, more]) => `${less.toFixed(2)} … ${more.toFixed(2)}`),
  ]);
  const head = [
    'assumed number',
    'refused of 1,000 log-ins',
    'cells that end',
    'calls',
    `cost, ${escaped(plan.costs.currency)}`,
  ];
  return `<h2>What hangs on assumptions</h2>
<p>Each number that no one has published, a fifth less and a fifth more, under the first policy, with at most 20,000 customers. As planned: ${sensitivity.refused.toFixed(2)} refused, ${sensitivity.cells.toFixed(2)} cells, ${sensitivity.calls.toFixed(2)} calls, ${sensitivity.cost.toFixed(2)} ${escaped(plan.costs.currency)}.</p>
<figure>${plotSensitivity(sensitivity)}</figure>
${table(head, rows)}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[], tag: 'th' | 'td') =>
    `<tr>${cells.map((one) => `<${tag}>${one}</${tag}>`).join('')}</tr>`;
  return `<div class="wide"><table><thead>${line(head, 'th')}</thead><tbody>${rows.map((row) => line(row, 'td')).join('\n')}</tbody></table></div>\n`;
}

function bounded({ value, low, high }: Estimate): string {
  return `${value.toFixed(2)} <small>(${low.toFixed(2)} to ${high.toFixed(2)})</small>`;
}

function whole(value: number): string {
  return Math.round(value).toLocaleString('en');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
