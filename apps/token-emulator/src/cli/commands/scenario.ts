import { writeFileSync } from 'node:fs';
import { Command } from 'commander';
import type { ScenarioResult } from '../../scenario/run-scenario.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import { type CommandOutcome, EXIT, runCommand } from '../run-command.ts';

interface ScenarioOptions {
  readonly junit?: string;
  readonly trace?: string;
  readonly json: boolean;
}

export function scenarioCommand(): Command {
  return new Command('scenario')
    .description('token lives as files: what happens to a token, and what is expected of it')
    .addCommand(listCommand())
    .addCommand(runScenarioCommand());
}

function listCommand(): Command {
  return new Command('list')
    .description('lists the scenarios that come with the emulator')
    .option('--json', 'one JSON object instead of lines', false)
    .action((options: { json: boolean }) =>
      runCommand(options, async () => {
        const { shippedScenarios } = await import('../../scenario/shipped-scenarios.ts');
        const { readScenario } = await import('../../scenario/scenario-file.ts');
        const scenarios = shippedScenarios().map((path) => ({ path, says: readScenario(path).says }));
        return { value: { scenarios }, lines: scenarios.flatMap(({ path, says }) => [path, `    ${says}`]) };
      }),
    );
}

function runScenarioCommand(): Command {
  return new Command('run')
    .description('runs scenarios; without a file, all that come with the emulator')
    .argument('[files...]', 'YAML files: docs/reference/scenarios.md')
    .option('--junit <file>', 'writes the results for a CI system')
    .option('--trace <file>', 'writes every step with the time on both clocks, one JSON object per line')
    .option('--json', 'one JSON object instead of lines', false)
    .addHelpText('after', '\nExit code: 0 all passed, 1 one failed, 2 a file cannot be used.')
    .action((files: string[], options: ScenarioOptions) => runCommand(options, () => runAll(files, options)));
}

async function runAll(files: readonly string[], { junit, trace, json }: ScenarioOptions): Promise<CommandOutcome> {
  const { shippedScenarios } = await import('../../scenario/shipped-scenarios.ts');
  const { readScenario } = await import('../../scenario/scenario-file.ts');
  const { runScenario } = await import('../../scenario/run-scenario.ts');
  const { junitOf, ndjsonOf } = await import('../../scenario/write-results.ts');
  const { scenarios, refused } = sorted(files.length === 0 ? shippedScenarios() : files, readScenario);
  const results: ScenarioResult[] = [];
  for (const scenario of scenarios) {
    if (!json && process.stderr.isTTY) process.stderr.write(`\r${results.length + 1} of ${scenarios.length} ...`);
    results.push(await runScenario(scenario));
  }
  if (!json && process.stderr.isTTY) process.stderr.write('\r');
  if (junit !== undefined) writeFileSync(junit, junitOf(results, refused));
  if (trace !== undefined) writeFileSync(trace, ndjsonOf(results));
  const failed = results.filter(({ passed }) => !passed).length;
  return {
    value: { results, refused },
    lines: [...results.flatMap(linesOf), ...refused, `${results.length - failed} passed, ${failed} failed`],
    exitCode: refused.length > 0 ? EXIT.refused : failed === 0 ? 0 : EXIT.failed,
  };
}

/** Reads all files. A file that cannot be used is reported and does not stop the others. */
function sorted(paths: readonly string[], read: (path: string) => Scenario) {
  const [scenarios, refused]: [Scenario[], string[]] = [[], []];
  for (const path of paths) {
    try {
      scenarios.push(read(path));
    } catch (error) {
      refused.push(`REFUSED ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return { scenarios, refused };
}

function linesOf({ name, passed, runs, passes, seed, trace }: ScenarioResult): string[] {
  const last = trace.at(-1);
  const ran = runs === 1 ? '' : ` (${passes} of ${runs} runs passed)`;
  if (passed) return [`ok      ${name}${ran}`];
  return [
    `FAILED  ${name}${ran}, seed ${seed}: step ${last?.step} (${last?.did}), ${last?.lab_time}`,
    ...(last?.wrong ?? []).map((one) => `        ${one}`),
  ];
}
