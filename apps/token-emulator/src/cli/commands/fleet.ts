import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import type { FleetPlan } from '../../fleet/fleet-plan.ts';
import type { Sensitivity } from '../../fleet/sensitivity.ts';
import type { FleetSummary } from '../../fleet/summarize.ts';
import type { FleetResult } from '../../fleet-report/html.ts';
import { type CommandOutcome, EXIT, runCommand } from '../run-command.ts';

interface FleetOptions {
  readonly out?: string;
  readonly threads?: number;
  readonly sensitivity: boolean;
  readonly json: boolean;
}

const PROGRESS_MS = 500;
const THREADS_MAX = 64;

export function fleetCommand(): Command {
  return new Command('fleet')
    .description('lives a fleet of up to ten million tokens over years, and says what it costs')
    .argument('<file>', 'a YAML file: docs/reference/fleets.md')
    .option('--out <folder>', 'writes report.html, and the counts as CSV and Arrow files, into this folder')
    .option('--sensitivity', 'also says what each assumed number does to the result', false)
    .addOption(new Option('--threads <number>', 'threads that work (default: one a processor)').argParser(asThreads))
    .option('--json', 'one JSON object instead of lines', false)
    .addHelpText('after', '\nExit code: 0 done, 2 the file cannot be used.')
    .action((file: string, options: FleetOptions) => runCommand(options, () => liveFleet(file, options)));
}

function asThreads(text: string): number {
  const threads = Number(text);
  if (Number.isInteger(threads) && threads >= 1 && threads <= THREADS_MAX) return threads;
  throw new InvalidArgumentError(`a whole number from 1 to ${THREADS_MAX} is required.`);
}

async function liveFleet(file: string, { out, threads, sensitivity, json }: FleetOptions): Promise<CommandOutcome> {
  const { FleetError, readFleet } = await import('../../fleet/fleet-file.ts');
  const { runFleet } = await import('../../fleet/run-fleet.ts');
  const { summarize } = await import('../../fleet/summarize.ts');
  const say = progress(json);
  try {
    const plan = readFleet(file);
    const counts = await runFleet(plan, { threads, onProgress: say('customers') });
    const summary = summarize(plan, counts);
    const hangs = sensitivity ? await sensitivityWith(plan, say('assumed numbers')) : undefined;
    const files = out === undefined ? [] : await writeAll(out, { plan, counts, summary, sensitivity: hangs });
    return {
      value: { summary: plainSummary(summary), ...(hangs && { sensitivity: hangs }), files },
      lines: linesOf(summary, hangs, files),
    };
  } catch (error) {
    if (!(error instanceof FleetError)) throw error;
    return { value: { error: { message: error.message } }, lines: [error.message], exitCode: EXIT.refused };
  }
}

async function sensitivityWith(plan: FleetPlan, onProgress: (done: number, of: number) => void): Promise<Sensitivity> {
  const { sensitivityOf } = await import('../../fleet/sensitivity.ts');
  return sensitivityOf(plan, onProgress);
}

/** Says how far a run is, on a terminal only. */
function progress(isSilent: boolean): (what: string) => (done: number, of: number) => void {
  let lastMs = Date.now();
  return (what) => (done, of) => {
    if (isSilent || !process.stderr.isTTY) return;
    if (done < of && Date.now() - lastMs < PROGRESS_MS) return;
    lastMs = Date.now();
    process.stderr.write(
      done < of ? `\r${done.toLocaleString('en')} of ${of.toLocaleString('en')} ${what} ...` : '\r\x1b[K',
    );
  };
}

async function writeAll(folder: string, result: FleetResult): Promise<string[]> {
  const { htmlOf } = await import('../../fleet-report/html.ts');
  const { arrowOf, csvOf, driftColumns, monthColumns } = await import('../../fleet-report/columns.ts');
  mkdirSync(folder, { recursive: true });
  const [months, drift] = [monthColumns(result.plan, result.counts), driftColumns(result.counts)];
  const contents: readonly [string, string | Uint8Array][] = [
    ['report.html', htmlOf(result)],
    ['months.csv', csvOf(months)],
    ['months.arrow', arrowOf(months)],
    ['drift.csv', csvOf(drift)],
    ['drift.arrow', arrowOf(drift)],
    [
      'summary.json',
      `${JSON.stringify({ summary: plainSummary(result.summary), sensitivity: result.sensitivity }, null, 2)}\n`,
    ],
  ];
  for (const [name, content] of contents) writeFileSync(join(folder, name), content);
  return contents.map(([name]) => join(folder, name));
}

/** The fields of files and answers are in snake case. */
function plainSummary({ policies, ...summary }: FleetSummary): object {
  return {
    ...summary,
    policies: policies.map(({ refusedOfLogins, ...policy }) => ({
      ...policy,
      refused_of_1000_logins: refusedOfLogins,
    })),
  };
}

function linesOf(summary: FleetSummary, sensitivity: Sensitivity | undefined, files: readonly string[]): string[] {
  const { customers, years, logins, issued, ended, policies } = summary;
  const count = (value: number) => Math.round(value).toLocaleString('en');
  const number = (value: number) => value.toFixed(2).padStart(10);
  return [
    `${count(customers)} customers for ${years} years: ${count(logins)} log-ins, ${count(issued.value)} tokens issued`,
    '',
    'per thousand customers and year, tokens that end:',
    ...Object.entries(ended).map(
      ([end, { value, low, high }]) =>
        `  ${end.padEnd(10)}${number(value)}   (${low.toFixed(2)} to ${high.toFixed(2)})`,
    ),
    '',
    `per thousand customers and year    resyncs      calls      locks   refused of 1,000 log-ins   cost a customer and year`,
    ...policies.map(
      ({ name, refusedOfLogins, resyncs, calls, locks, cost }) =>
        `  ${name.padEnd(31)}${[resyncs, calls, locks].map(({ value }) => number(value)).join(' ')}   ${refusedOfLogins.value.toFixed(2).padStart(24)}   ${cost.toFixed(2)}`,
    ),
    '  the cost: tokens, cells, issues, these calls, and a call for each token that is replaced',
    ...(sensitivity === undefined
      ? []
      : [
          '',
          'under the first policy, with at most 20,000 customers, an assumed number a fifth less and a fifth more:',
          `  ${''.padEnd(31)}refused of 1,000 log-ins      cost a customer and year`,
          `  ${'as planned'.padEnd(31)}${number(sensitivity.refused)}${number(sensitivity.cost).padStart(32)}`,
        ]),
    ...(sensitivity?.effects ?? []).map(
      ({ number: path, refused, cost }) =>
        `  ${path.padEnd(31)}${refused.map(number).join(' ')}${cost.map(number).join(' ').padStart(32)}`,
    ),
    ...(files.length === 0 ? [] : ['', ...files]),
  ];
}
