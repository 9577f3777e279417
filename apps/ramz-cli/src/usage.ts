import { type Command, CommanderError } from 'commander';
import { EXIT } from './exit-codes.ts';

/**
 * Runs a program's command line. A malformed command line exits with 2: 1 is an answer (a code that
 * was not accepted, a fault that was found), and a script must not mistake a typing error for it.
 */
export async function runProgram(program: Command, args: readonly string[]): Promise<void> {
  // A reader that stops early (`| head`) is not an error.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  for (const command of allOf(program)) command.exitOverride().showHelpAfterError('(run with --help for usage)');
  if (args.includes('--json')) {
    const { printableJson } = await import('@ramz/custody');
    const writeErr = (text: string) => writeAsJson(text, printableJson);
    for (const command of allOf(program)) command.configureOutput({ writeErr });
  }
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    process.exitCode = error.exitCode === 0 ? 0 : EXIT.refused;
  }
}

function allOf(command: Command): Command[] {
  return [command, ...command.commands.flatMap(allOf)];
}

function writeAsJson(text: string, printableJson: (value: unknown) => string): void {
  const message = text.trim().replace(/^error: /, '');
  if (message !== '' && !message.startsWith('(')) {
    process.stdout.write(`${printableJson({ error: { code: 'USAGE', message } })}\n`);
  }
}
