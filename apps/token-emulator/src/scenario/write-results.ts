import type { ScenarioResult } from './run-scenario.ts';

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Returns the results as JUnit XML, for CI systems. */
export function junitOf(results: readonly ScenarioResult[]): string {
  const failures = results.filter(({ passed }) => !passed).length;
  const cases = results.map(({ name, trace, passed }) => {
    const wrong = trace.at(-1)?.wrong.join('; ') ?? '';
    const failure = passed ? '' : `<failure message="${escaped(wrong)}"/>`;
    return `  <testcase classname="ramz.scenario" name="${escaped(name)}">${failure}</testcase>`;
  });
  const head = `<testsuite name="ramz scenarios" tests="${results.length}" failures="${failures}">`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n${head}\n${cases.join('\n')}\n</testsuite>\n`;
}

/** Returns every step of every scenario, one JSON object per line. */
export function ndjsonOf(results: readonly ScenarioResult[]): string {
  return results
    .flatMap(({ name, trace }) => trace.map((line) => `${JSON.stringify({ scenario: name, ...line })}\n`))
    .join('');
}

function escaped(text: string): string {
  // XML does not allow control characters.
  return text
    .replaceAll(/[^\t\n\x20-\uffff]/g, '?')
    .replaceAll(/[&<>"]/g, (character) => ESCAPES[character] ?? character);
}
