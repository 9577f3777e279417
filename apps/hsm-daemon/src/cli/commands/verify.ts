import { randomUUID } from 'node:crypto';
import { type Command, Option } from 'commander';
import { RamzClient } from '../../client/ramz-client.ts';
import { EXIT, fail, print } from '../command-output.ts';
import { type DaemonOptions, daemonCommand, daemonOf } from '../daemon-options.ts';

const PURPOSES = { 'first-pin': 'PURPOSE_FIRST_PIN', 'second-pin': 'PURPOSE_SECOND_PIN' } as const;

interface VerifyOptions extends DaemonOptions {
  readonly card: string;
  readonly purpose: keyof typeof PURPOSES;
  readonly code: string;
  readonly as: string;
  readonly requestId?: string;
}

export function verifyCommand(): Command {
  return daemonCommand('verify', 'asks for a verdict on a code; exits 0 only when it is accepted')
    .requiredOption('--card <number>', 'card number, 16 digits')
    .requiredOption('--code <digits>', 'the code as typed')
    .addOption(
      new Option('--purpose <purpose>', 'what the code is for').choices(Object.keys(PURPOSES)).default('second-pin'),
    )
    .option('--as <caller>', 'whose certificate to show, a name under <data-dir>/pki', 'internet-bank')
    .option('--request-id <id>', 'name of this try, to repeat it safely (default: a new one)')
    .action(verify);
}

async function verify(options: VerifyOptions): Promise<void> {
  const requestId = options.requestId ?? randomUUID();
  try {
    const client = new RamzClient({ ...daemonOf(options), caller: options.as });
    const request = { requestId, cardNumber: options.card, purpose: PURPOSES[options.purpose], code: options.code };
    const result = await client.verify(request).finally(() => client.close());
    const verdict = result.verdict.replace('VERDICT_', '');
    const reason =
      result.reason === 'VERDICT_REASON_UNSPECIFIED' ? '' : ` (${result.reason.replace('VERDICT_REASON_', '')})`;
    print(options.json, { ...result, requestId }, [`${verdict}${reason}, audit entry ${result.logIndex}`]);
    if (verdict !== 'ACCEPTED') process.exitCode = EXIT.refused;
  } catch (error) {
    fail(error, options.json);
  }
}
