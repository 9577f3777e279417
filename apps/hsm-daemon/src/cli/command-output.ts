import { CallRefused } from '../client/call-refused.ts';

/** Exit codes, as in sysexits: scripts tell a refusal from a daemon that is not there. */
export const EXIT = { refused: 1, usage: 64, unavailable: 69 } as const;

/** Prints one JSON object for machines, or lines for people. */
export function print(json: boolean, value: object, lines: readonly string[]): void {
  process.stdout.write(json ? `${JSON.stringify(value)}\n` : `${lines.join('\n')}\n`);
}

/** Says what went wrong in one sentence and sets the exit code. */
export function fail(error: unknown, json: boolean): void {
  const { code, message } = explain(error);
  if (json) process.stdout.write(`${JSON.stringify({ error: { code, message } })}\n`);
  else process.stderr.write(`ramz: ${message}\n`);
  process.exitCode = code === 'UNAVAILABLE' ? EXIT.unavailable : EXIT.refused;
}

function explain(error: unknown): { code: string; message: string } {
  if (error instanceof CallRefused) {
    const { code, message } = error;
    return code === 'UNAVAILABLE' ? { code, message: `no daemon answers there (${message})` } : { code, message };
  }
  if (isMissingFile(error)) {
    return { code: 'NO_FILE', message: `${error.path} is missing: is --data-dir the daemon's?` };
  }
  return { code: 'ERROR', message: error instanceof Error ? error.message : String(error) };
}

function isMissingFile(error: unknown): error is Error & { path: string } {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT' && 'path' in error;
}
