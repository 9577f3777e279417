import { resolve } from 'node:path';
import { CallRefused, certificateProblem } from '@ramz/client';
import { printableJson, printableText } from '@ramz/custody';
import { connectionOf, type DaemonOptions } from './daemon-options.ts';
import { EXIT } from './exit-codes.ts';
import { shownOn } from './terminal/wrap-line.ts';

/** What a command has to say: an object for machines, lines for people. */
export interface CommandResult {
  readonly value: object;
  readonly lines: readonly string[];
  readonly exitCode?: number;
  /** The lines are a signed text: they are not wrapped. */
  readonly verbatim?: boolean;
}

/** Runs a command's work and prints its outcome, or one sentence about what went wrong. */
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

/** As `runCommand`, for work that asks no daemon. */
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
    const message = `${refused.message}; a verdict that was given is told again with --request-id ${requestId}`;
    return { ...refused, message, requestId };
  }
  if (isMissingFile(error)) {
    const isDaemons = dataDir !== '' && resolve(error.path).startsWith(resolve(dataDir));
    const hint = isDaemons ? ": is --data-dir the daemon's, and was one ever started there?" : '';
    return { code: 'NO_FILE', message: `${error.path} is missing${hint}` };
  }
  return { code: 'ERROR', message: error instanceof Error ? error.message : String(error) };
}

async function explainCall(error: CallRefused, options: DaemonOptions): Promise<Failure> {
  const { code, reason, message, caller } = error;
  // With a reason it is the daemon that says so: it answers, and cannot do it now.
  if (code !== 'UNAVAILABLE' || reason !== undefined) return { code, ...(reason !== undefined && { reason }), message };
  const { dataDir, host, port } = options;
  const problem = await certificateProblem(connectionOf(options, caller));
  return {
    code,
    message:
      problem === undefined
        ? `no daemon answers at ${host}:${port}: is it running, and are --host and --port its own?`
        : `the daemon at ${host}:${port} and ${dataDir} do not fit: ${problem}`,
  };
}

function isMissingFile(error: unknown): error is Error & { path: string } {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT' && 'path' in error;
}
