// Plans of the acts that give out codes: at an ATM, at a branch, and in a text that is sent again.
import type { ActivationFacts } from '@ramz/audit-log';
import type { ActivationPolicy } from '@ramz/bank-profile';
import { hexOf } from '@ramz/custody';
import type {
  BranchCodeCommand,
  RepeatTextCommand,
  RequestActivationCommand,
} from '../../../boundary/activation-commands.ts';
import { holdersOf, numberOf } from '../../crypto/keyed-digests.ts';
import {
  type Activation,
  factsOf,
  isAlive,
  LIFE_WORTH_A_TEXT_MS,
  mayRepeatText,
} from '../../domain/activation/activation.ts';
import { CODE_ACTS } from '../../domain/life-cycle/acts.ts';
import { mayAllocate } from '../../domain/life-cycle/eligibility.ts';
import { actsOfDay, type RememberedAct, type SubjectFile } from '../../domain/register/subject-file.ts';
import type { Draft } from '../batch/batch.ts';
import { Fault } from '../batch/fault.ts';
import { standingAt } from '../batch/places.ts';
import type { OpenKeys } from '../keys/open-keys.ts';
import { activationNow } from './activation-now.ts';
import type { ActPlan, ActPorts, AskedAct } from './asked-act.ts';

const ID_BYTES = 16;

/** Plans an activation at an ATM, which has checked the card and its first PIN (M-22 to M-27). */
export function planRequest(
  asked: AskedAct<RequestActivationCommand>,
  draft: Draft,
  keys: OpenKeys,
  ports: ActPorts,
): ActPlan {
  const { command, file } = asked;
  const policy = policyFor('pair', ports, asked);
  if (command.method !== 'app') return { outcome: 'method-not-offered' };
  if (isBlocked(asked, draft)) return { outcome: 'blocked' };
  if (isTooOften(file, draft, policy)) return { outcome: 'too-many-activations' };
  const wrong = whyWrongNumber(command.mobileNumber, file, keys);
  return wrong === undefined ? begin(1, draft, keys, policy, ports) : { outcome: wrong };
}

/** Plans the one code of a customer with a permission, or another one in its place (S-20, S-23). */
export function planBranchCode(
  asked: AskedAct<BranchCodeCommand>,
  draft: Draft,
  keys: OpenKeys,
  ports: ActPorts,
): ActPlan {
  const { command, file } = asked;
  const policy = policyFor('one', ports, asked);
  const holders = holdersOf(keys.keyring.cardIndex, command.present);
  const outcome = mayAllocate(file?.permissions ?? [], { branch: command.branch, holders });
  if (outcome !== 'done') return { outcome };
  if (isBlocked(asked, draft)) return { outcome: 'blocked' };
  const activation = file?.activation;
  if (command.kind === 'reissue-code' && activation === undefined) return { outcome: 'no-activation' };
  if (command.kind === 'allocate-code' && isOut(activation, draft, keys, ports))
    return { outcome: 'activation-pending' };
  if (isTooOften(file, draft, policy)) return { outcome: 'too-many-activations' };
  return begin(0, draft, keys, policy, ports);
}

/**
 * Plans a text once more: the same code while enough of its life is left, otherwise another one
 * (D-4, D-18). No code lives longer by it, and no try comes back.
 */
export function planRepeat(
  { command, file, purposes }: AskedAct<RepeatTextCommand>,
  { nowMs }: Draft,
  keys: OpenKeys,
  ports: ActPorts,
): ActPlan {
  const policy = policyFor('pair', ports, { purposes });
  // Apart from those at an ATM: a gateway cannot keep a customer from a new activation.
  const wrongNumbers = ofDay(file, nowMs).filter(({ act, outcome }) => act === 'text-repeated' && outcome !== 'done');
  if (wrongNumbers.length >= policy.requestsADayMax) return { outcome: 'too-many-activations' };
  const activation = file?.activation;
  const isOpen = activation !== undefined && mayRepeatText(activation, activationNow(activation, nowMs, keys, ports));
  if (!isOpen) return { outcome: 'no-activation' };
  const wrong = whyWrongNumber(command.mobileNumber, file, keys);
  if (wrong !== undefined) return { outcome: wrong };
  if (activation.repeats >= policy.textRepeatsMax) return { outcome: 'no-repeats-left' };
  return { outcome: 'done', facts: { activation: textAgain(activation, nowMs, policy) } };
}

function textAgain(activation: Activation, nowMs: number, { textLifeMs }: ActivationPolicy): ActivationFacts {
  const facts = factsOf(activation);
  if (nowMs + LIFE_WORTH_A_TEXT_MS <= activation.textUntilMs) return facts;
  const textUntilMs = Math.min(nowMs + textLifeMs, activation.codeUntilMs);
  return { ...facts, textCode: activation.textCode + 1, textUntilMs };
}

function begin(
  textCode: 0 | 1,
  { nowMs }: Draft,
  { epoch }: OpenKeys,
  { codeLifeMs, textLifeMs }: ActivationPolicy,
  { random, ledger }: ActPorts,
): ActPlan {
  if (epoch === undefined) throw new Fault('wrong-state', 'no seed master key is active: rotate it first');
  const activation: ActivationFacts = {
    id: hexOf(random(ID_BYTES)),
    method: 'app',
    epoch,
    storeEpoch: ledger.keys?.epoch ?? 0,
    codeUntilMs: nowMs + codeLifeMs,
    textCode,
    textUntilMs: textCode === 0 ? 0 : nowMs + Math.min(textLifeMs, codeLifeMs),
    appKey: '',
    made: [],
  };
  return { outcome: 'done', facts: { activation } };
}

/** @throws Fault when the bank activates in another way, or has no purpose of such a subject */
function policyFor(
  codes: ActivationPolicy['codes'],
  { profile }: Pick<ActPorts, 'profile'>,
  { purposes }: Pick<AskedAct, 'purposes'>,
): ActivationPolicy {
  const { activation, name } = profile;
  if (purposes.length === 0) throw new Fault('not-in-profile', `the profile ${name} has no codes of such a subject`);
  if (activation?.codes === codes) return activation;
  const how = codes === 'pair' ? 'a receipt and a text' : 'a code from a branch';
  throw new Fault('not-in-profile', `the profile ${name} has no activation by ${how}`);
}

function isBlocked({ subject, purposes, file }: AskedAct, draft: Draft): boolean {
  const isPlaceBlocked = purposes.some((purpose) => standingAt(draft.place(subject, purpose))?.status === 'blocked');
  return isPlaceBlocked || file?.isSecondPinBlocked === true;
}

/** Returns whether a code is out that can still be used. */
function isOut(activation: Activation | undefined, { nowMs }: Draft, keys: OpenKeys, ports: ActPorts): boolean {
  if (activation === undefined || activation.appKey !== '') return false;
  return isAlive(activation, activationNow(activation, nowMs, keys, ports));
}

/**
 * A completed activation shows that its codes were in the right hands: those before it no longer
 * count. Wrong numbers count apart: a customer who mistypes may still begin as often as anyone.
 */
function isTooOften(file: SubjectFile | undefined, { nowMs }: Draft, policy: ActivationPolicy): boolean {
  const acts = ofDay(file, nowMs);
  const begun = acts.slice(acts.findLastIndex(({ act }) => act === 'activated') + 1);
  const counted = (some: typeof acts, outcome: string) =>
    some.filter((one) => CODE_ACTS.includes(one.act) && one.outcome === outcome).length;
  const { requestsADayMax } = policy;
  return counted(begun, 'done') >= requestsADayMax || counted(acts, 'number-differs') >= requestsADayMax;
}

function ofDay(file: SubjectFile | undefined, nowMs: number): readonly RememberedAct[] {
  return file === undefined ? [] : actsOfDay(file, nowMs);
}

function whyWrongNumber(mobileNumber: string, file: SubjectFile | undefined, { keyring: { cardIndex } }: OpenKeys) {
  const registered = file?.registered ?? '';
  if (registered === '') return 'no-number';
  return numberOf(cardIndex, mobileNumber) === registered ? undefined : 'number-differs';
}
