import { Command } from 'commander';
import { runCommand } from '../../run-command.ts';
import {
  type ActOptions,
  actCommand,
  numbersOf,
  type SubjectOptions,
  sayAct,
  subjectCommand,
  withRegister,
} from './act-command.ts';
import { fileLines } from './file-lines.ts';
import { permissionCommand } from './permission.ts';

const BRANCH = 'branch-12';
const CORE = 'core';

/** Cards and customers: what is kept of them, and how their codes end. */
export function cardCommand(): Command {
  const card = new Command('card').description('cards and customers: their file, and how their codes end');
  for (const command of [showCommand(), putCommand(), closeCommand(), ...endCommands(), ...tokenCommands()]) {
    card.addCommand(command);
  }
  return card.addCommand(permissionCommand());
}

function showCommand(): Command {
  return subjectCommand('show', 'shows what is kept of a card or customer', BRANCH).action((options: SubjectOptions) =>
    runCommand(options, async () => {
      const numbers = numbersOf(options);
      const file = await withRegister(options, (register) => register.file(numbers));
      return { value: file, lines: fileLines(file, numbers.cardNumber, options.lang) };
    }),
  );
}

interface PutOptions extends ActOptions {
  readonly mobile: string;
  readonly reference: string;
}

function putCommand(): Command {
  return actCommand('put', 'says what the core knows of a card or customer (M-35: another number voids tokens)', CORE)
    .option('--mobile <number>', 'registered mobile number, in any written form', '')
    .option('--reference <name>', "the core's own name of it, repeated in events", '')
    .action((options: PutOptions) =>
      sayAct(options, (register, asked) =>
        register.putSubject({ ...asked, mobileNumber: options.mobile, reference: options.reference }),
      ),
    );
}

function closeCommand(): Command {
  return actCommand('close', 'closes a card or customer: its tokens are void', CORE).action((options: ActOptions) =>
    sayAct(options, (register, asked) => register.closeSubject(asked)),
  );
}

function endCommands(): Command[] {
  return [
    actCommand('deactivate', 'ends codes; an activation is needed again (M-31)', BRANCH).action((options: ActOptions) =>
      sayAct(options, (register, asked) => register.deactivate(asked)),
    ),
    actCommand('block', 'blocks the second PIN; only a branch lifts that (M-33)', BRANCH).action(
      (options: ActOptions) => sayAct(options, (register, asked) => register.blockSecondPin(asked)),
    ),
    actCommand('unblock', 'lifts the block of the second PIN, at a branch (M-34)', BRANCH).action(
      (options: ActOptions) => sayAct(options, (register, asked) => register.unblockSecondPin(asked)),
    ),
  ];
}

interface TokenOptions extends ActOptions {
  readonly token: string;
}

function tokenCommands(): Command[] {
  const ofToken = (name: string, description: string) =>
    actCommand(name, description, BRANCH).requiredOption('--token <serial>', 'serial number of the token (required)');
  return [
    ofToken('void-token', 'makes one token void for ever').action((options: TokenOptions) =>
      sayAct(options, (register, asked) => register.voidToken({ ...asked, tokenSerial: options.token })),
    ),
    ofToken('report-lost', 'suspends a lost token').action((options: TokenOptions) =>
      sayAct(options, (register, asked) => register.reportLost({ ...asked, tokenSerial: options.token })),
    ),
    ofToken('report-found', 'resumes a token that was found').action((options: TokenOptions) =>
      sayAct(options, (register, asked) => register.reportFound({ ...asked, tokenSerial: options.token })),
    ),
  ];
}
