import type { IssueCommand, IssueReply, PrintedCode, SealedText } from '../../../boundary/activation-commands.ts';
import { type Activation, isAlive } from '../../domain/activation/activation.ts';
import { fillText } from '../../domain/texts/fill-text.ts';
import type { Draft } from '../batch/batch.ts';
import type { VaultPorts } from '../batch/ports.ts';
import type { OpenKeys } from '../keys/open-keys.ts';
import { activationNow } from '../life-cycle/activation-now.ts';
import { type ActPorts, type AskedAct, askedAct } from '../life-cycle/asked-act.ts';
import { runAct } from '../life-cycle/run-act.ts';
import { branchCode, printedCode, textCode } from './codes-of.ts';
import { assertOutlets, blockFor, sealText } from './outlets.ts';

type IssuePorts = ActPorts & Pick<VaultPorts, 'realm'>;

/**
 * Takes an act that gives out codes, and returns them, each for its own outlet: the receipt code
 * under the ATM's zone key, the text sealed to its gateway (D-26). They derive from the file, so a
 * repeated request gets the same codes.
 * @throws Fault, RowBroken
 */
export async function issueCodes(
  command: IssueCommand,
  draft: Draft,
  keys: OpenKeys,
  ports: IssuePorts,
): Promise<IssueReply> {
  assertOutlets(command, keys, ports);
  const { kind: _, ...acted } = runAct(command, draft, keys, ports);
  const nothing = { code: undefined, text: undefined };
  if (acted.outcome !== 'done') return { kind: 'issued', ...acted, ...nothing };
  const asked = askedAct(command, draft, keys, ports);
  const activation = activationOf(asked, draft, keys, ports);
  if (activation === undefined) return { kind: 'issued', ...acted, outcome: 'no-activation', ...nothing };
  const { subject } = asked;
  const code = command.kind === 'repeat-text' ? undefined : printed(command, subject, activation, keys, ports);
  const text = 'mobileNumber' in command ? await textOf(command, subject, activation, draft, keys, ports) : undefined;
  return { kind: 'issued', ...acted, code, text };
}

/**
 * Returns the activation that a request began, or whose text it sent last; undefined once its codes
 * are used, over, or replaced. A number that changed meanwhile has ended it, too.
 */
function activationOf(
  { command, requestKey, file }: AskedAct<IssueCommand>,
  { nowMs }: Draft,
  keys: OpenKeys,
  ports: IssuePorts,
): Activation | undefined {
  const activation = file?.activation;
  if (activation === undefined || activation.appKey !== '') return undefined;
  const key = command.kind === 'repeat-text' ? activation.textKey : activation.requestKey;
  const isOut = isAlive(activation, activationNow(activation, nowMs, keys, ports));
  return key === requestKey && isOut ? activation : undefined;
}

function printed(
  { zone, subjectName }: Extract<IssueCommand, { zone: string }>,
  subject: string,
  activation: Activation,
  keys: OpenKeys,
  ports: Pick<IssuePorts, 'ledger' | 'random'>,
): PrintedCode {
  const isOne = activation.textCode === 0;
  const code = printedCode(subject, activation, keys);
  const untilMs = activation.codeUntilMs;
  try {
    if (zone !== '') return { digits: '', block: blockFor(zone, code, subjectName, keys, ports), untilMs };
    return {
      digits: isOne ? branchCode(code) : Buffer.from(code).toString('latin1'),
      block: new Uint8Array(),
      untilMs,
    };
  } finally {
    code.fill(0);
  }
}

async function textOf(
  command: Extract<IssueCommand, { textZone: string }>,
  subject: string,
  activation: Activation,
  { nowMs }: Draft,
  keys: OpenKeys,
  ports: Pick<IssuePorts, 'ledger' | 'profile'>,
): Promise<SealedText> {
  const code = textCode(subject, activation, keys);
  const lifeMs = activation.textUntilMs - nowMs;
  const clear = fillText(ports.profile.activation?.text ?? '{code}', Buffer.from(code).toString('latin1'), lifeMs);
  code.fill(0);
  // Each sending has an id of its own, and a repeated request the same one.
  const id = `${activation.id}-${activation.repeats}`;
  const untilMs = activation.textUntilMs;
  if (command.textZone === '') return { id, clear, sealed: new Uint8Array(), untilMs };
  return { id, clear: '', sealed: await sealText(command, clear, id, ports), untilMs };
}
