import { join } from 'node:path';
import { appGatewayOf, RamzClient } from '@ramz/client';
import { bytesOfHex } from '@ramz/custody';
import { TokenApp } from '@ramz/token-client';
import { Command, InvalidArgumentError, Option } from 'commander';
import { connectionOf, type DaemonOptions, daemonCommand } from '../../daemon-options.ts';
import { EXIT } from '../../exit-codes.ts';
import { type CommandResult, runCommand } from '../../run-command.ts';
import { FileTokens } from './file-tokens.ts';

const PURPOSES = ['second-pin', 'first-pin', 'channel-login'] as const;

interface AppOptions extends DaemonOptions {
  readonly card: string;
  readonly customer: string;
  readonly store?: string;
  readonly auditKey?: Uint8Array;
}

interface AddOptions extends AppOptions {
  readonly printed: string;
  readonly text: string;
}

interface CodeOptions extends AppOptions {
  readonly purpose?: string;
}

/** The customer's app, without its pages: activates, shows codes, deletes (test realm). */
export function appCommand(): Command {
  return new Command('app')
    .description("plays the customer's app: activates a card, shows codes, deletes it (test realm)")
    .addCommand(
      tokenCommand('add', 'activates a card with the code on paper and the code of the text (M-40)')
        .requiredOption('--printed <code>', 'the code on the receipt, or from the branch (required)')
        .option('--text <code>', 'the code of the text', '')
        .action((options: AddOptions) => withApp(options, (app, subject) => add(app, subject, options))),
    )
    .addCommand(
      tokenCommand('code', 'shows the code of now')
        .addOption(
          new Option('--purpose <name>', 'what the code is for (default: second-pin, or channel-login)').choices(
            PURPOSES,
          ),
        )
        .action((options: CodeOptions) => withApp(options, (app, subject) => showCode(app, subject, options))),
    )
    .addCommand(
      tokenCommand('state', 'asks the bank how the token stands').action((options: AppOptions) =>
        withApp(options, showState),
      ),
    )
    .addCommand(
      tokenCommand('delete', 'makes the token void at the bank, and forgets it (D-9)').action((options: AppOptions) =>
        withApp(options, remove),
      ),
    );
}

function tokenCommand(name: string, description: string): Command {
  return daemonCommand(name, description)
    .option('--card <number>', 'card number, 16 digits', '')
    .option('--customer <number>', 'customer number, instead of a card number', '')
    .option('--store <file>', 'where the app keeps its tokens, in clear (default: <data-dir>/app/tokens.json)')
    .addOption(
      new Option(
        '--audit-key <hex>',
        "the bank's audit key, of `ramz audit key --json` (default: not checked)",
      ).argParser(readAuditKey),
    )
    .addHelpText('after', '\nExit code: 0 done, 1 refused, 2 failed or misused, 69 no daemon answers.');
}

function withApp(options: AppOptions, work: (app: TokenApp, subject: string) => Promise<CommandResult>): Promise<void> {
  return runCommand(options, async () => {
    const { card, customer, dataDir, store = join(dataDir, 'app', 'tokens.json'), auditKey } = options;
    if ((card === '') === (customer === '')) throw new Error('give either --card or --customer');
    const client = new RamzClient(connectionOf(options, 'app-gateway'));
    try {
      // Only the signature of the activation key names the bank: codes need no network.
      const bank = auditKey === undefined ? '' : (await client.status()).profile;
      const app = new TokenApp({
        gateway: appGatewayOf(client.activation, '127.0.0.1'),
        store: new FileTokens(store),
        bank,
        auditKey: auditKey ?? 'unchecked',
        nowMs: () => Date.now(),
      });
      return await work(app, card === '' ? `customer/${customer}` : `card/${card}`);
    } finally {
      client.close();
    }
  });
}

async function add(app: TokenApp, subject: string, { printed, text }: AddOptions): Promise<CommandResult> {
  const isActivated = await app.add({ subject, printed, text });
  const refused =
    'refused, and the bank does not say why: look at both codes, or get others. Five wrong tries end them';
  const line = isActivated ? 'activated: ramz app code shows codes' : refused;
  return { value: { activated: isActivated }, lines: [line], exitCode: isActivated ? 0 : EXIT.notAccepted };
}

async function showCode(app: TokenApp, subject: string, options: CodeOptions): Promise<CommandResult> {
  const { purpose = subject.startsWith('card/') ? 'second-pin' : 'channel-login' } = options;
  const shown = await app.code(subject, purpose);
  if (shown === undefined) throw new Error(`the app has no token with codes for ${purpose}: ramz app add gets one`);
  const seconds = Math.max(0, Math.round((shown.untilMs - Date.now()) / 1_000));
  const bar = '#'.repeat(Math.ceil(seconds / 3)).padEnd(20, '.');
  return { value: shown, lines: [`${shown.code}  [${bar}] the next in ${seconds} s`] };
}

async function showState(app: TokenApp, subject: string): Promise<CommandResult> {
  await assertHas(app, subject);
  const state = await app.state(subject);
  const lines = [...state].map(([purpose, status]) => `${purpose}: ${status}`);
  return {
    value: Object.fromEntries(state),
    lines: lines.length > 0 ? lines : ['void at the bank: activate it again'],
  };
}

async function remove(app: TokenApp, subject: string): Promise<CommandResult> {
  await assertHas(app, subject);
  const isDeleted = await app.remove(subject);
  const line = isDeleted ? 'deleted: the token is void' : 'forgotten here; it was void at the bank already';
  return { value: { deleted: isDeleted }, lines: [line] };
}

/** @throws Error for a card or customer that the app does not have */
async function assertHas(app: TokenApp, subject: string): Promise<void> {
  if (!(await app.has(subject))) throw new Error('the app has no token of it: ramz app add gets one');
}

function readAuditKey(hex: string): Uint8Array {
  if (!/^[0-9a-f]{64}$/i.test(hex)) throw new InvalidArgumentError('must be 64 hexadecimal digits.');
  return bytesOfHex(hex.toLowerCase());
}
