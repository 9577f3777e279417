// The programs with all their commands and options, as their `--help` knows them.
import { Command } from 'commander';
import { addOptions } from '../../apps/hsm-daemon/src/config/option-flags.ts';
import { EXIT_HELP } from '../../apps/hsm-daemon/src/exit-codes.ts';
import { ramzCommand } from '../../apps/ramz-cli/src/program/ramz-command.ts';
import { ramzTokenCommand } from '../../apps/token-emulator/src/cli/program/ramz-token-command.ts';

/** By the name that a shell knows. */
export async function loadPrograms(): Promise<readonly Command[]> {
  const daemon = (['daemon', 'front', 'vault'] as const).map((program) =>
    addOptions(new Command(`ramz-${program}`), program).addHelpText('after', EXIT_HELP),
  );
  return [await ramzCommand([]), ramzTokenCommand(), ...daemon];
}

/** A command that does something itself, and not only by its subcommands. */
export interface RunnableCommand {
  /** With the names above it, such as `ramz ceremony open`. */
  readonly name: string;
  readonly command: Command;
}

export function runnableIn(command: Command, above = ''): RunnableCommand[] {
  const name = `${above}${command.name()}`;
  if (command.commands.length === 0) return [{ name, command }];
  return command.commands.flatMap((sub) => runnableIn(sub, `${name} `));
}

/** What `--help` prints after the options, such as exit codes. */
export function helpAfter(command: Command): string {
  let said = '';
  command.configureOutput({
    writeOut: (text) => {
      said += text;
    },
  });
  command.outputHelp();
  return said.slice(command.helpInformation().length).replaceAll('\n', ' ').trim();
}
