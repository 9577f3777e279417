import type { ScenarioResult, TraceLine } from './run-scenario.ts';

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Returns the results as JUnit XML, for CI systems: a suite a scenario, a case a step. */
export function junitOf(results: readonly ScenarioResult[], refused: readonly string[] = []): string {
  const suites = [...results.map((result) => suiteOf(result)), ...refused.map((why) => refusedSuite(why))];
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${suites.join('\n')}\n</testsuites>\n`;
}

function suiteOf({ name, passed, runs, passes, seed, trace }: ScenarioResult): string {
  const cases = trace.map((line) => caseOf(name, line, passed));
  const failures = passed ? 0 : Math.max(1, trace.filter(({ wrong }) => wrong.length > 0).length);
  const head = `name="${escaped(name)}" tests="${cases.length}" failures="${failures}"`;
  const ran = runs === 1 ? '' : `\n  <system-out>${passes} of ${runs} runs passed; seed ${seed} is shown</system-out>`;
  return `<testsuite ${head}>\n${cases.join('\n')}${ran}\n</testsuite>`;
}

/** A file that could not be used fails as well. */
function refusedSuite(why: string): string {
  const failure = `<failure message="${escaped(why)}"/>`;
  return `<testsuite name="refused" tests="1" failures="1">\n  <testcase classname="ramz.scenario" name="file">${failure}</testcase>\n</testsuite>`;
}

/** The moment of a step is on the laboratory's clock. A run that may fail is no failure. */
function caseOf(name: string, { step, did, lab_time: labTime, wrong }: TraceLine, passed: boolean): string {
  const title = `step ${step} ${did} at ${labTime}`;
  const failure = passed || wrong.length === 0 ? '' : `<failure message="${escaped(wrong.join('; '))}"/>`;
  return `  <testcase classname="ramz.scenario.${escaped(name)}" name="${escaped(title)}">${failure}</testcase>`;
}

/** Returns every step of every scenario, one JSON object per line. */
export function ndjsonOf(results: readonly ScenarioResult[]): string {
  return results
    .flatMap(({ name, seed, trace }) => trace.map((line) => `${JSON.stringify({ scenario: name, seed, ...line })}\n`))
    .join('');
}

function escaped(text: string): string {
  // XML does not allow control characters.
  return text
    .replaceAll(/[^\t\n\x20-\uffff]/g, '?')
    .replaceAll(/[&<>"]/g, (character) => ESCAPES[character] ?? character);
}
