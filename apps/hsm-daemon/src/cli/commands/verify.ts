import { randomUUID } from 'node:crypto';
import { type Command, Option } from 'commander';
import { CallRefused } from '../../client/call-refused.ts';
import { RamzClient } from '../../client/ramz-client.ts';
import { TEST_CALLERS } from '../../front/access/test-authority.ts';
import { type DaemonOptions, daemonCommand, daemonOf } from '../daemon-options.ts';
import { EXIT, type Outcome, runCommand } from '../run-command.ts';

const PURPOSES = {
  'first-pin': 'PURPOSE_FIRST_PIN',
  'second-pin': 'PURPOSE_SECOND_PIN',
  'channel-login': 'PURPOSE_CHANNEL_LOGIN',
} as const;
const EXIT_HELP =
  '\nExit code: 0 accepted, 1 refused or locked, 2 no verdict, 69 no daemon answers, 75 not now: try again.';

interface VerifyOptions extends DaemonOptions {
  readonly card: string;
  readonly customer: string;
  readonly token: string;
  readonly purpose?: keyof typeof PURPOSES;
  readonly code: string;
  readonly as: string;
  readonly requestId?: string;
}

export function verifyCommand(): Command {
  const purpose = new Option(
    '--purpose <purpose>',
    'what the code is for (default: second-pin of a card, channel-login of a customer)',
  ).choices(Object.keys(PURPOSES));
  const as = new Option('--as <caller>', 'whose certificate to show').choices([...TEST_CALLERS]);
  return daemonCommand('verify', 'asks for a verdict on a code')
    .option('--card <number>', 'card number, 16 digits', '')
    .option('--customer <number>', 'customer number, for a purpose that is of customers', '')
    .option('--token <serial>', 'the one token that is meant (default: any of the subject)', '')
    .requiredOption('--code <digits>', 'the code as typed (required)')
    .addOption(purpose)
    .addOption(as.default('internet-bank'))
    .option('--request-id <id>', 'name of this try, to repeat it safely (default: a new one)')
    .addHelpText('after', EXIT_HELP)
    .action((options: VerifyOptions) => runCommand(options, () => verify(options)));
}

async function verify(options: VerifyOptions): Promise<Outcome> {
  const requestId = options.requestId ?? randomUUID();
  const client = new RamzClient({ ...daemonOf(options), caller: options.as });
  const { card: cardNumber, customer: customerNumber, token: tokenSerial, code } = options;
  if ((cardNumber === '') === (customerNumber === '')) throw new Error('whose code? Give --card or --customer');
  const purpose = PURPOSES[options.purpose ?? (customerNumber === '' ? 'second-pin' : 'channel-login')];
  const request = { requestId, cardNumber, customerNumber, tokenSerial, purpose, code };
  const result = await client
    .verify(request)
    .catch((error: unknown) => Promise.reject(error instanceof CallRefused ? error.under(requestId) : error))
    .finally(() => client.close());
  const verdict = result.verdict.replace('VERDICT_', '');
  const diagnosed = result.reason !== 'VERDICT_REASON_UNSPECIFIED';
  const reason = diagnosed ? ` (${result.reason.replace('VERDICT_REASON_', '')})` : '';
  return {
    value: { ...result, requestId },
    lines: [`${verdict}${reason}, audit entry ${result.logIndex}`],
    exit_code: verdict === 'ACCEPTED' ? 0 : EXIT.not_accepted,
  };
}
