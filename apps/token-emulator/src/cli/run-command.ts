import { printableJson, printableText } from '@ramz/custody';

/** Exit codes. A script can distinguish a failed scenario from a command that could not run. */
export const EXIT = { failed: 1, refused: 2, noToken: 69 } as const;

/** A command's output: an object for machines, lines for people. */
export interface CommandOutcome {
  readonly value: unknown;
  readonly lines: readonly string[];
  readonly exitCode?: number;
}

/** Runs a command's work and prints its outcome, or one sentence about what went wrong. */
export async function runCommand(
  { json }: { readonly json: boolean },
  work: () => Promise<CommandOutcome>,
): Promise<void> {
  try {
    const { value, lines, exitCode } = await work();
    process.stdout.write(json ? `${printableJson(value)}\n` : `${lines.map(printableText).join('\n')}\n`);
    process.exitCode = exitCode ?? 0;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const name = error instanceof Error ? error.name : 'Error';
    if (json) process.stdout.write(`${printableJson({ error: { name, message } })}\n`);
    else process.stderr.write(`ramz-token: ${printableText(message)}\n`);
    process.exitCode = name === 'NoHidDevice' ? EXIT.noToken : EXIT.refused;
  }
}
