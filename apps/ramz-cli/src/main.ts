// Runs the `ramz` command.
import { ramzCommand } from './program/ramz-command.ts';
import { runProgram } from './usage.ts';

const args = process.argv.slice(2);
await runProgram(await ramzCommand(args), args);
