import { randomUUID } from 'node:crypto';
import { type ActivationClient, RamzClient } from '@ramz/client';
import { Command } from 'commander';
import { connectionOf } from '../../daemon-options.ts';
import { EXIT } from '../../exit-codes.ts';
import { runCommand } from '../../run-command.ts';
import { type ActOptions, actCommand, numbersOf, sayAct } from '../card/act-command.ts';
import { CARD_TEXTS } from '../card/card-texts.ts';
import { permissionCommand } from '../card/permission.ts';
import { printedValue, receiptLines } from './receipt.ts';

const BRANCH = 'branch-12';

interface CodeOptions extends ActOptions {
  readonly zone: string;
  readonly branch: string;
  readonly present: string;
}

/** A branch to play with: permissions, codes, and the block that only a branch lifts. */
export function branchCommand(): Command {
  return new Command('branch')
    .description('plays a teller at a branch: permissions, activation codes, unblocking')
    .addCommand(permissionCommand())
    .addCommand(codeCommand('code', 'allocates the activation code of a customer with a permission (S-23)'))
    .addCommand(codeCommand('reissue', 'issues another code in place of the former one (S-23, S-25)'))
    .addCommand(
      actCommand('unblock', 'lifts the block of the second PIN (M-34)', BRANCH).action((options: ActOptions) =>
        sayAct(options, (register, asked) => register.unblockSecondPin(asked)),
      ),
    );
}

function codeCommand(name: 'code' | 'reissue', description: string): Command {
  return actCommand(name, description, BRANCH)
    .option('--zone <name>', 'seals the code under the key of a zone', '')
    .option('--branch <id>', 'the branch of this request, for a central branch system', '')
    .option('--present <ids>', 'national ids of the people of the permission, separated by commas', '')
    .action((options: CodeOptions) => sayCode(name, options));
}

function sayCode(name: 'code' | 'reissue', options: CodeOptions): Promise<void> {
  return runCommand(options, async () => {
    const client = new RamzClient(connectionOf(options, options.as));
    const reply = await askFor(name, client.activation, options).finally(() => client.close());
    const outcome = reply.result?.outcome.replace('ACT_OUTCOME_', '') ?? '';
    const texts = CARD_TEXTS[options.lang];
    const why = texts.outcomes[outcome as keyof typeof texts.outcomes];
    const isDone = outcome === 'DONE';
    const receipt = receiptLines(reply.code, options.card || options.customer, options.lang, true);
    return {
      value: { ...reply, code: printedValue(reply.code) },
      lines: isDone ? receipt : [`${texts.refused}: ${why}`],
      exitCode: isDone ? 0 : EXIT.notAccepted,
      verbatim: true,
    };
  });
}

function askFor(name: 'code' | 'reissue', activation: ActivationClient, options: CodeOptions) {
  const { zone, branch, present } = options;
  const people = present.split(/[,،]/).flatMap((one) => (one.trim() === '' ? [] : [one.trim()]));
  const asked = { requestId: options.requestId ?? randomUUID(), ...numbersOf(options), zone, branch, present: people };
  return name === 'code' ? activation.allocateCode(asked) : activation.reissueCode(asked);
}
