import { resolve } from 'node:path';
import { CallRefused, certificateProblem } from '@ramz/client';
import { printableJson, printableText } from '@ramz/custody';
import { connectionOf, type DaemonOptions } from './daemon-options.ts';
import { EXIT } from './exit-codes.ts';
import { shownOn } from './terminal/wrap-line.ts';

/** The outcome of a command: an object for programs, lines for people. */
export interface CommandResult {
  readonly value: object;
  readonly lines: readonly string[];
  readonly exitCode?: number;
  /** Whether the lines are a signed text, which must not be wrapped. */
  readonly verbatim?: boolean;
}

/** Runs a command's work and prints its outcome, or one sentence about the failure. */
export async function runCommand(options: DaemonOptions, work: () => Promise<CommandResult>): Promise<void> {
  try {
    const { value, lines, exitCode, verbatim = false } = await work();
    if (options.json) process.stdout.write(`${printableJson(value)}\n`);
    else if (lines.length > 0)
      process.stdout.write(`${verbatim ? lines.map(printableText).join('\n') : shownOn(process.stdout, lines)}\n`);
    process.exitCode = exitCode ?? 0;
  } catch (error) {
    const failure = await explain(error, options);
    if (options.json) process.stdout.write(`${printableJson({ error: failure })}\n`);
    else process.stderr.write(`${shownOn(process.stderr, [`ramz: ${failure.message}`])}\n`);
    process.exitCode = exitCodeOf(failure);
  }
}

/** Like `runCommand`, for work without a daemon. */
export function runLocally(options: { readonly json: boolean }, work: () => Promise<CommandResult>): Promise<void> {
  return runCommand({ json: options.json, dataDir: '', host: '', port: 0 }, work);
}

interface Failure {
  readonly code: string;
  readonly reason?: string;
  readonly message: string;
  readonly requestId?: string;
}

function exitCodeOf({ code, reason }: Failure): number {
  if (code !== 'UNAVAILABLE') return EXIT.refused;
  return reason === undefined ? EXIT.unavailable : EXIT.notNow;
}

async function explain(error: unknown, options: DaemonOptions): Promise<Failure> {
  const { dataDir } = options;
  if (error instanceof CallRefused) {
    const refused = await explainCall(error, options);
    const { requestId } = error;
    if (requestId === undefined) return refused;
    const message = `${refused.message}; if it was decided, get the answer with --request-id ${requestId}`;
    return { ...refused, message, requestId };
  }
  if (isMissingFile(error)) {
    const isDaemons = dataDir !== '' && resolve(error.path).startsWith(resolve(dataDir));
    const hint = isDaemons ? ": is --data-dir the daemon's, and has a daemon been started there?" : '';
    return { code: 'NO_FILE', message: `${error.path} is missing${hint}` };
  }
  return { code: 'ERROR', message: error instanceof Error ? error.message : String(error) };
}

async function explainCall(error: CallRefused, options: DaemonOptions): Promise<Failure> {
  const { code, reason, message, caller } = error;
  // UNAVAILABLE with a reason is the daemon's own answer: it runs, and cannot do it now.
  if (code !== 'UNAVAILABLE' || reason !== undefined) return { code, ...(reason !== undefined && { reason }), message };
  const { dataDir, host, port } = options;
  const problem = await certificateProblem(connectionOf(options, caller));
  return {
    code,
    message:
      problem === undefined
        ? `no daemon answers at ${host}:${port}: is it running, and are --host and --port right?`
        : `the daemon at ${host}:${port} and ${dataDir} do not match: ${problem}`,
  };
}

function isMissingFile(error: unknown): error is Error & { path: string } {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT' && 'path' in error;
}
