import { randomUUID } from 'node:crypto';
import { CallRefused, RamzClient } from '@ramz/client';
import { type Command, Option } from 'commander';
import { connectionOf, type DaemonOptions, daemonCommand } from '../daemon-options.ts';
import { EXIT } from '../exit-codes.ts';
import { type CommandResult, runCommand } from '../run-command.ts';

const EXIT_HELP =
  '\nExit code: 0 accepted, 1 refused or locked, 2 no verdict, 69 no daemon answers,\n75 temporarily unavailable: retry with the same --request-id.';

/** Options of every command that requests a verdict. */
export interface VerdictOptions extends DaemonOptions {
  readonly card: string;
  readonly customer: string;
  readonly token: string;
  readonly code: string;
  readonly as: string;
  readonly requestId?: string;
}

/** The fields of every request for a verdict: the subject and the code. */
interface VerdictRequest {
  readonly requestId: string;
  readonly cardNumber: string;
  readonly customerNumber: string;
  readonly tokenSerial: string;
  readonly code: string;
}

type RequestVerdict = Awaited<ReturnType<RamzClient['verify']>>;
type Ask = (client: RamzClient, asked: VerdictRequest) => Promise<RequestVerdict>;

/**
 * Returns a command that requests a verdict.
 * @param code help text of `--code`
 */
export function verdictCommand(name: string, description: string, code = 'the code as the customer typed it'): Command {
  const as = new Option('--as <caller>', 'caller whose certificate is used, by its name under <data-dir>/pki');
  return daemonCommand(name, description)
    .option('--card <number>', 'card number, 16 digits', '')
    .option('--customer <number>', 'customer number, instead of a card number', '')
    .option('--token <serial>', 'serial of one token (default: any token of the card or customer)', '')
    .requiredOption('--code <digits>', `${code} (required)`)
    .addOption(as.default('internet-bank'))
    .option('--request-id <id>', 'id of this try, to retry it safely (default: a new one)')
    .addHelpText('after', EXIT_HELP);
}

/** Requests a verdict and prints it. Without an answer, prints the request id to retry with. */
export function sayVerdict(options: VerdictOptions, ask: Ask): Promise<void> {
  return runCommand(options, () => askVerdict(options, ask));
}

async function askVerdict(options: VerdictOptions, ask: Ask): Promise<CommandResult> {
  const { card: cardNumber, customer: customerNumber, token: tokenSerial, code } = options;
  if ((cardNumber === '') === (customerNumber === '')) throw new Error('give either --card or --customer');
  const requestId = options.requestId ?? randomUUID();
  const client = new RamzClient(connectionOf(options, options.as));
  const result = await ask(client, { requestId, cardNumber, customerNumber, tokenSerial, code })
    .catch((error: unknown) => Promise.reject(error instanceof CallRefused ? error.under(requestId) : error))
    .finally(() => client.close());
  const verdict = result.verdict.replace('VERDICT_', '');
  const diagnosed = result.reason !== 'VERDICT_REASON_UNSPECIFIED';
  const reason = diagnosed ? ` (${result.reason.replace('VERDICT_REASON_', '')})` : '';
  return {
    value: { ...result, requestId },
    lines: [`${verdict}${reason}, audit entry ${result.logIndex}`],
    exitCode: verdict === 'ACCEPTED' ? 0 : EXIT.notAccepted,
  };
}
