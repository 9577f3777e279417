import type { FinishedCommand } from './guest.ts';

/** The steps so far, each with what it proves. */
export const results: { readonly name: string; readonly passed: boolean }[] = [];

export function note(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Runs one step; a failed one does not end the others. */
export async function step(name: string, work: () => Promise<void>): Promise<void> {
  const beganMs = performance.now();
  try {
    await work();
    results.push({ name, passed: true });
    note(`ok      ${name} (${((performance.now() - beganMs) / 1_000).toFixed(1)} s)`);
  } catch (error) {
    results.push({ name, passed: false });
    note(
      `FAILED  ${name}\n        ${error instanceof Error ? error.message.replaceAll('\n', '\n        ') : String(error)}`,
    );
  }
}

export function expectIn({ output, code }: FinishedCommand, wanted: string | RegExp, wantedCode = 0): void {
  const found = typeof wanted === 'string' ? output.includes(wanted) : wanted.test(output);
  if (!found || code !== wantedCode) throw new Error(`exit ${code}, wanted ${wantedCode} and ${wanted} in:\n${output}`);
}
