// Runs a scenario against a daemon of its own, with virtual time on both sides.
import { readFileSync } from 'node:fs';
import { readScenario, runScenario } from '@ramz/token-emulator';
import { Lab } from '../harness/lab.ts';
import { DaemonVerifier } from './daemon-verifier.ts';

/** Later than all timestamps of the ceremony. */
const AHEAD_MS = 120_000;

/**
 * Returns a start after now, at the scenario's own time of the year, which decides cold and heat.
 */
function startAfterNow({ start, hasStart }: { readonly start: string; readonly hasStart: boolean }): string {
  const soon = new Date(Math.ceil((Date.now() + AHEAD_MS) / 60_000) * 60_000);
  if (!hasStart) return soon.toISOString();
  const at = new Date(start);
  at.setUTCFullYear(soon.getUTCFullYear());
  if (at < soon) at.setUTCFullYear(soon.getUTCFullYear() + 1);
  return at.toISOString();
}

/** Returns the trace's complaints, and whether every step ran. */
export async function runWithDaemon(
  path: string,
): Promise<{ readonly complaints: string[]; readonly isWhole: boolean }> {
  await using lab = await Lab.start('virtual-clock');
  const scenario = readScenario(path);
  const hasStart = /^start:/m.test(readFileSync(path, 'utf8'));
  const start = startAfterNow({ start: scenario.start, hasStart });
  // One daemon has one life of each customer.
  const { trace } = await runScenario({ ...scenario, start, runs: 1 }, new DaemonVerifier(lab));
  // In which round of a schedule a token has drifted too far depends on the year.
  const outer = (step: string) => step.split('.')[0] ?? '';
  const complaints = trace.flatMap(({ step, did, wrong }) => wrong.map((one) => `${outer(step)} ${did}: ${one}`));
  return { complaints, isWhole: outer(trace.at(-1)?.step ?? '') === String(scenario.steps.length) };
}
