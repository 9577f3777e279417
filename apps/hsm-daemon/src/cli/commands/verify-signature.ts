import type { Command } from 'commander';
import { runCommand } from '../run-command.ts';
import { type AskedOptions, askVerdict, verdictCommand } from './asked-verdict.ts';

interface SignatureOptions extends AskedOptions {
  readonly code: string;
  readonly type: string;
  readonly amount: string;
  readonly currency: string;
  readonly payee: string;
}

export function verifySignatureCommand(): Command {
  return verdictCommand('verify-signature', 'asks whether a code signs exactly this transaction')
    .requiredOption('--code <digits>', 'the code as typed (required)')
    .requiredOption('--type <name>', 'what is done, as the bank names it, such as transfer (required)')
    .requiredOption('--amount <number>', 'decimal digits without separators (required)')
    .requiredOption('--currency <code>', 'ISO 4217, such as IRR (required)')
    .requiredOption('--payee <text>', 'account, card or name of whoever gets it (required)')
    .action((options: SignatureOptions) => {
      const { code, type, amount, currency, payee } = options;
      const transaction = { type, amount, currency, payee };
      return runCommand(options, () =>
        askVerdict(options, (client, asked) => client.verifySignature({ ...asked, transaction, code })),
      );
    });
}
