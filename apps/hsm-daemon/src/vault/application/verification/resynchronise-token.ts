// RFC 4226, 7.4: two consecutive codes find a token whose clock has drifted out of the window.

import { ocraSuiteText, type PurposePolicy } from '@ramz/bank-profile';
import {
  type Code,
  formatCode,
  type HmacKey,
  type OcraSuite,
  ocraMatches,
  parseOcraSuite,
  resynchronise,
} from '@ramz/otp-core';
import type { ResynchroniseCommand } from '../../../boundary/commands.ts';
import type { Enrolment } from '../../domain/enrolment/enrolment.ts';
import { liveSteps, type StepRange, stepsAround } from '../../domain/verification/candidate-steps.ts';
import type { ResyncEvidence } from '../../domain/verification/decide.ts';
import { Fault } from '../batch/fault.ts';
import type { VaultPorts } from '../batch/ports.ts';
import { type RequestedCall, rulesOf } from './call.ts';
import { readCode } from './verify-codes.ts';
import { challengeOf, STEPS_A_SIGNATURE } from './verify-signature.ts';

const NOWHERE = -1;

/**
 * Returns the step of the second of two codes in a range above a floor, or -1. Computes every step,
 * even after a match.
 */
type FindPair = (key: HmacKey, codes: readonly Code[], range: StepRange, floor: number) => number;

/** A search over ranges of steps, the narrowest first. */
interface Search {
  readonly widths: readonly number[];
  readonly goesBack: boolean;
  readonly findPair: FindPair;
  /** Cost of one of its steps, in steps of a plain code. */
  readonly workAStep: number;
}

/**
 * Reads both codes as one try. The try uses them up, and they confirm nothing else. Two wrong codes
 * count as one wrong try.
 * @throws Fault
 */
export function readResynchronise(command: ResynchroniseCommand, ports: Pick<VaultPorts, 'profile'>): RequestedCall {
  const { caller, group, channel, subjectName, purpose, tokenSerial, requestId, code, nextCode } = command;
  const rules = rulesOf(purpose, ports);
  const policy = rules.purpose;
  const codes = [readCode(code, policy), readCode(nextCode, policy)];
  const { content, ...search } = searchOf(command, policy);
  const compare = (key: HmacKey, token: Enrolment, nowMs: number) => find(key, token, codes, search, policy, nowMs);
  const question = { kind: 'key' as const, compare };
  return {
    caller,
    channel,
    rpc: 'Resynchronise',
    tries: [{ group, requestId, subjectName, purpose, rules, tokenSerial, content, question }],
    stepsTried: (_policy, nowMs) =>
      search.workAStep * rangesOf(search, policy, nowMs).reduce((sum, { steps }) => sum + steps, 0),
  };
}

/**
 * Returns the search for a command. A signature code is meaningless without its transaction.
 * @throws Fault
 */
function searchOf(command: ResynchroniseCommand, policy: PurposePolicy): Search & { readonly content: string } {
  const { channel, goesBack, purpose, code, nextCode, transaction } = command;
  // An operator at a branch has seen the customer and the token.
  const { resyncSteps, resyncBranchSteps } = policy;
  const widths = channel === 'branch' ? [...resyncSteps, resyncBranchSteps] : resyncSteps;
  if ((purpose === 'transaction-signature') !== (transaction !== undefined))
    throw new Fault(
      'malformed',
      'a signature token needs two codes that sign one transaction; other tokens take no transaction',
    );
  if (transaction === undefined) {
    return { widths, goesBack, findPair: findCodes, workAStep: 1, content: `resynchronise ${code} ${nextCode}` };
  }
  const challenge = challengeOf(transaction);
  const findPair = findSignatures(parseOcraSuite(ocraSuiteText(policy)), challenge, policy.periodSeconds);
  const content = `resynchronise ${challenge} ${code} ${nextCode}`;
  return { widths, goesBack, findPair, workAStep: 2 * STEPS_A_SIGNATURE, content };
}

/**
 * Returns a range for every width, even when a narrower one has a match, and the widest once more
 * to find used codes.
 */
function rangesOf({ widths, goesBack }: Search, policy: PurposePolicy, nowMs: number): readonly StepRange[] {
  return [...widths, widths.at(-1) ?? 1].map((width) => stepsAround(policy, nowMs, width, goesBack));
}

function find(
  key: HmacKey,
  token: Enrolment,
  codes: readonly Code[],
  search: Search,
  policy: PurposePolicy,
  nowMs: number,
): ResyncEvidence {
  const ranges = rangesOf(search, policy, nowMs);
  const found = ranges.map((range, i) =>
    search.findPair(key, codes, range, i < search.widths.length ? token.floor : NOWHERE),
  );
  const anywhere = found.pop();
  const foundStep = found.find((step) => step !== NOWHERE) ?? NOWHERE;
  const widest = ranges.at(-1) ?? { firstStep: 0, steps: 0 };
  const isOver = foundStep <= liveSteps(policy, nowMs).firstStep;
  return { foundStep, isUsed: anywhere !== NOWHERE, spendsTo: isOver ? widest.firstStep + widest.steps - 1 : 0 };
}

const findCodes: FindPair = (key, codes, { firstStep, steps }, floor) =>
  resynchronise(key, codes, firstStep, steps, floor);

/** RFC 6287, 7.3: the token's time is in the signature, so each step is computed separately. */
function findSignatures(suite: OcraSuite, challenge: string, periodSeconds: number): FindPair {
  return (key, codes, { firstStep, steps }, floor) => {
    const input = { mode: 'one-way', challenge } as const;
    const matches = (code: Code, step: number) =>
      Number(ocraMatches(key, suite, input, formatCode(code), { timeMs: step * periodSeconds * 1_000 }));
    const [code, nextCode] = codes as [Code, Code];
    let latest = NOWHERE;
    for (let step = firstStep; step < firstStep + steps; step++) {
      const isPair = matches(code, step) & matches(nextCode, step + 1) & Number(step > floor);
      latest += (step + 1 - latest) * isPair;
    }
    return latest;
  };
}
