import { randomUUID } from 'node:crypto';
import { CallRefused, RamzClient, type RegisterClient } from '@ramz/client';
import { type Command, Option } from 'commander';
import { connectionOf, type DaemonOptions, daemonCommand } from '../../daemon-options.ts';
import { EXIT } from '../../exit-codes.ts';
import { type CommandResult, runCommand } from '../../run-command.ts';
import { LANGUAGES, type Language } from '../../terminal/texts.ts';
import { CARD_TEXTS } from './card-texts.ts';

const EXIT_HELP =
  '\nExit code: 0 done, 1 refused, 2 failed or misused, 69 no daemon answers,\n75 temporarily unavailable: retry with the same --request-id.';

/** Options of every command about a card or customer. */
export interface SubjectOptions extends DaemonOptions {
  readonly card: string;
  readonly customer: string;
  readonly as: string;
  readonly lang: Language;
}

export interface ActOptions extends SubjectOptions {
  readonly requestId?: string;
}

/** The fields of every act. */
export interface ActInput {
  readonly requestId: string;
  readonly cardNumber: string;
  readonly customerNumber: string;
}

type Done = Awaited<ReturnType<RegisterClient['deactivate']>>;

/** @param as caller whose certificate is used by default */
export function subjectCommand(name: string, description: string, as: string): Command {
  const caller = new Option('--as <caller>', 'caller whose certificate is used, by its name under <data-dir>/pki');
  const language = new Option('--lang <language>', 'language of the answer').choices(LANGUAGES).env('RAMZ_LANG');
  return daemonCommand(name, description)
    .option('--card <number>', 'card number, 16 digits', '')
    .option('--customer <number>', 'customer number, instead of a card number', '')
    .addOption(caller.default(as))
    .addOption(language.default('en'));
}

export function actCommand(name: string, description: string, as: string): Command {
  return subjectCommand(name, description, as)
    .option('--request-id <id>', 'id of this act, to retry it safely (default: a new one)')
    .addHelpText('after', EXIT_HELP);
}

/** Asks for an act and prints what became of it. */
export function sayAct(
  options: ActOptions,
  ask: (client: RegisterClient, asked: ActInput) => Promise<Done>,
): Promise<void> {
  return runCommand(options, async () => {
    const requestId = options.requestId ?? randomUUID();
    const done = await withRegister(options, (register) => ask(register, { requestId, ...numbersOf(options) })).catch(
      (error: unknown) => Promise.reject(error instanceof CallRefused ? error.under(requestId) : error),
    );
    return resultOf(done, requestId, options.lang);
  });
}

export async function withRegister<T>(
  options: SubjectOptions,
  work: (register: RegisterClient) => Promise<T>,
): Promise<T> {
  const client = new RamzClient(connectionOf(options, options.as));
  return work(client.register).finally(() => client.close());
}

/** @throws Error unless exactly one of the two is given */
export function numbersOf({ card, customer }: SubjectOptions): Omit<ActInput, 'requestId'> {
  if ((card === '') === (customer === '')) throw new Error('give either --card or --customer');
  return { cardNumber: card, customerNumber: customer };
}

function resultOf(done: Done, requestId: string, language: Language): CommandResult {
  const texts = CARD_TEXTS[language];
  const outcome = done.outcome.replace('ACT_OUTCOME_', '');
  const isDone = outcome === 'DONE';
  const why = texts.outcomes[outcome as keyof typeof texts.outcomes];
  const refused = outcome === 'REFUSED' ? texts.refused : `${texts.refused}: ${why}`;
  const said = isDone ? (done.repeated ? texts.repeated : texts.done) : refused;
  return {
    value: { ...done, requestId },
    lines: [
      `${said}${texts.comma}${texts.entry} ${done.logIndex}`,
      ...(done.voidedEnrolments > 0 ? [texts.voided(done.voidedSubjects, done.voidedEnrolments)] : []),
      ...done.missing.map((id) => `${texts.missing}: ${id}`),
    ],
    exitCode: isDone ? 0 : EXIT.notAccepted,
  };
}
