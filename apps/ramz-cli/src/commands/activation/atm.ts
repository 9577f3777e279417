import { randomUUID } from 'node:crypto';
import { type ActivationClient, RamzClient } from '@ramz/client';
import { type Command, Option } from 'commander';
import { connectionOf, type DaemonOptions, daemonCommand } from '../../daemon-options.ts';
import { EXIT } from '../../exit-codes.ts';
import { type CommandResult, runCommand } from '../../run-command.ts';
import { Keyboard } from '../../terminal/keyboard.ts';
import { LANGUAGES, type Language } from '../../terminal/texts.ts';
import { type AtmAct, actAt, MENU, type MenuItem, pathsOf } from './atm-menu.ts';
import { ATM_TEXTS } from './atm-texts.ts';
import { printedValue, receiptLines } from './receipt.ts';

interface AtmOptions extends DaemonOptions {
  readonly card: string;
  readonly mobile: string;
  readonly choose?: string;
  readonly zone: string;
  readonly lang: Language;
}

/** An ATM to play with: the menus that a customer sees, and a receipt (test realm). */
export function atmCommand(): Command {
  return daemonCommand('atm', 'plays a customer at an ATM: menus, a receipt, a text (test realm)')
    .option('--card <number>', 'card number, 16 digits (default: it asks)', '')
    .option('--mobile <number>', 'mobile number that the customer types (default: it asks)', '')
    .addOption(new Option('--choose <path>', 'goes through the menus by itself').choices(pathsOf()))
    .option('--zone <name>', 'seals the code on the receipt under the key of a zone', '')
    .addOption(new Option('--lang <language>', 'language of the ATM').choices(LANGUAGES).env('RAMZ_LANG').default('en'))
    .addHelpText('after', '\nExit code: 0 done, 1 refused, 2 failed or misused, 69 no daemon answers.')
    .action((options: AtmOptions) => runCommand(options, () => serve(options)));
}

async function serve(options: AtmOptions): Promise<CommandResult> {
  const visit = options.choose === undefined && !options.json ? await askVisit(options) : givenVisit(options);
  if (visit === undefined) return { value: {}, lines: [ATM_TEXTS[options.lang].ended] };
  const client = new RamzClient(connectionOf(options, 'atm'));
  return carryOut(visit, client, options).finally(() => client.close());
}

/** A customer with a card, and what was chosen. */
interface Visit {
  readonly cardNumber: string;
  readonly act: AtmAct;
  readonly mobileNumber: string;
}

/** @throws Error for an option that is missing */
function givenVisit({ card, mobile, choose }: AtmOptions): Visit {
  if (card === '' || choose === undefined) throw new Error('give --card and --choose');
  const act = actAt(choose);
  if (needsNumber(act) && mobile === '') throw new Error('give --mobile');
  return { cardNumber: card, act, mobileNumber: mobile };
}

/** Returns undefined for a customer who leaves the menus. */
async function askVisit({ card, mobile, lang }: AtmOptions): Promise<Visit | undefined> {
  const texts = ATM_TEXTS[lang];
  const keyboard = new Keyboard();
  try {
    const cardNumber = card || (await keyboard.ask(texts.card));
    // M-22: it is asked for before any menu.
    await keyboard.ask(texts.pin);
    const act = await chosen(MENU, keyboard, lang);
    if (act === undefined) return undefined;
    const mobileNumber = needsNumber(act) && mobile === '' ? await keyboard.ask(texts.mobile) : mobile;
    return { cardNumber, act, mobileNumber };
  } finally {
    keyboard.close();
  }
}

function needsNumber(act: AtmAct): boolean {
  return act !== 'block' && act !== 'deactivate';
}

const PERSIAN_DIGITS = '۰۱۲۳۴۵۶۷۸۹';

async function chosen(items: readonly MenuItem[], keyboard: Keyboard, language: Language): Promise<AtmAct | undefined> {
  const texts = ATM_TEXTS[language];
  for (;;) {
    const lines = [...items.map(({ text }, i) => `  ${i + 1}  ${text[language]}`), `  0  ${texts.back}`];
    process.stderr.write(`${lines.join('\n')}\n`);
    const typed = (await keyboard.ask(texts.choose)).trim();
    const number = Number(typed.replaceAll(/[۰-۹]/g, (one) => String(PERSIAN_DIGITS.indexOf(one))));
    if (typed !== '' && number === 0) return undefined;
    const { act, items: inner } = items[number - 1] ?? {};
    const found = act ?? (inner && (await chosen(inner, keyboard, language)));
    if (found !== undefined) return found;
    if (inner === undefined) process.stderr.write(`${texts.noChoice}\n`);
  }
}

async function carryOut(visit: Visit, client: RamzClient, options: AtmOptions): Promise<CommandResult> {
  const texts = ATM_TEXTS[options.lang];
  const asked = { requestId: randomUUID(), cardNumber: visit.cardNumber };
  if (visit.act === 'block' || visit.act === 'deactivate') {
    const { register } = client;
    const done = await (visit.act === 'block' ? register.blockSecondPin(asked) : register.deactivate(asked));
    const isDone = done.outcome === 'ACT_OUTCOME_DONE';
    const line = visit.act === 'block' ? texts.blocked : texts.deactivated;
    return { value: done, lines: [isDone ? line : texts.refused], exitCode: isDone ? 0 : EXIT.notAccepted };
  }
  return activate(visit, client.activation, options);
}

async function activate(
  { cardNumber, act, mobileNumber }: Visit,
  activation: ActivationClient,
  { lang, zone }: AtmOptions,
): Promise<CommandResult> {
  const texts = ATM_TEXTS[lang];
  const asked = { requestId: randomUUID(), cardNumber, mobileNumber };
  const method = act === 'activate-sms' ? 'ACTIVATION_METHOD_SMS' : 'ACTIVATION_METHOD_APP';
  const reply =
    act === 'repeat-text'
      ? { ...(await activation.repeatText(asked)), code: null }
      : await activation.request({ ...asked, method, zone });
  const isDone = reply.result?.outcome === 'ACT_OUTCOME_DONE';
  const refused = act === 'activate-sms' ? texts.notOffered : texts.refused;
  const said = isDone ? [reply.textTaken ? texts.sent : texts.notSent] : [refused];
  return {
    value: { ...reply, code: printedValue(reply.code) },
    lines: [...receiptLines(reply.code, cardNumber, lang), ...said],
    exitCode: isDone ? 0 : EXIT.notAccepted,
    verbatim: true,
  };
}
