import type { Command } from 'commander';
import { sayVerdict, type VerdictOptions, verdictCommand } from './request-verdict.ts';

interface SignatureOptions extends VerdictOptions {
  readonly type: string;
  readonly amount: string;
  readonly currency: string;
  readonly payee: string;
}

export function verifySignatureCommand(): Command {
  return verdictCommand('verify-signature', 'asks whether a code signs exactly this transaction')
    .requiredOption('--type <name>', 'type of transaction, as the bank names it, such as transfer (required)')
    .requiredOption('--amount <number>', 'decimal digits without separators (required)')
    .requiredOption('--currency <code>', 'ISO 4217, such as IRR (required)')
    .requiredOption('--payee <text>', 'account, card or name of the recipient (required)')
    .action((options: SignatureOptions) => {
      const { type, amount, currency, payee } = options;
      const transaction = { type, amount, currency, payee };
      return sayVerdict(options, (client, asked) => client.verifySignature({ ...asked, transaction }));
    });
}
