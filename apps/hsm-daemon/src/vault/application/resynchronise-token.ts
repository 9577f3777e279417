// RFC 4226, 7.4: two consecutive codes find a token whose clock has drifted out of the window.
import { type Code, formatCode, type OcraSuite, ocraMatches, parseOcraSuite, resynchronise } from '@ramz/otp-core';
import type { ResynchroniseCommand } from '../../boundary/commands.ts';
import { ocraSuiteText } from '../domain/policy/ocra-suite-text.ts';
import type { PurposePolicy } from '../domain/policy/purpose-policy.ts';
import { liveSteps, type StepRange, stepsAround } from '../domain/verification/candidate-steps.ts';
import type { ResyncEvidence } from '../domain/verification/decide.ts';
import type { Asked } from './asked.ts';
import { policyOf, type Try } from './decide-tries.ts';
import { Fault } from './fault.ts';
import type { VaultPorts } from './ports.ts';
import type { TriedToken } from './tried-tokens.ts';
import { readCode } from './verify-codes.ts';
import { challengeOf, STEPS_A_SIGNATURE } from './verify-signature.ts';

const NOWHERE = -1;

/** Where the two codes stand in a range above a floor: the step of the second, or -1. Everything is computed whatever is found. */
type FindPair = (token: TriedToken, codes: readonly Code[], range: StepRange, floor: number) => number;

/** The ranges that one search looks at, the narrowest first. */
interface Search {
  readonly widths: readonly number[];
  readonly goes_back: boolean;
  readonly findPair: FindPair;
  /** What a step of it costs, in steps of a plain code. */
  readonly work_a_step: number;
}

/**
 * One try of both codes. They are used up by it, and confirm nothing else; wrong ones are counted as one wrong
 * try. @throws Fault
 */
export function readResynchronise(command: ResynchroniseCommand, ports: VaultPorts): Asked {
  const { caller, group, channel, subject_name, purpose, token_serial, request_id, code, next_code } = command;
  const policy = policyOf(purpose, ports);
  const codes = [readCode(code, policy), readCode(next_code, policy)];
  const { asked, ...search } = searchOf(command, policy);
  return {
    caller,
    channel,
    rpc: 'Resynchronise',
    asked: [{ group, subject_name, purpose, token_serial, request_id, asked, codes }],
    gather: (tokens, tried, _policy, now_ms) =>
      tokens.map((token) => ({ enrolment: token.enrolment, evidence: find(token, tried, search, policy, now_ms) })),
    stepsTried: (_policy, now_ms) =>
      search.work_a_step * rangesOf(search, policy, now_ms).reduce((sum, { steps }) => sum + steps, 0),
  };
}

/** A code that signs is nothing without what it signs. @throws Fault */
function searchOf(command: ResynchroniseCommand, policy: PurposePolicy): Search & { readonly asked: string } {
  const { channel, goes_back, purpose, code, next_code, transaction } = command;
  // An operator of a branch has looked at the customer and the token.
  const { resync_steps, resync_branch_steps } = policy;
  const widths = channel === 'branch' ? [...resync_steps, resync_branch_steps] : resync_steps;
  if ((purpose === 'transaction-signature') !== (transaction !== undefined))
    throw new Fault(
      'malformed',
      'a token of signatures is found by two codes that sign one transaction, no other has one',
    );
  if (transaction === undefined) {
    return { widths, goes_back, findPair: findCodes, work_a_step: 1, asked: `resynchronise ${code} ${next_code}` };
  }
  const challenge = challengeOf(transaction);
  const findPair = findSignatures(parseOcraSuite(ocraSuiteText(policy)), challenge, policy.period_s);
  const asked = `resynchronise ${challenge} ${code} ${next_code}`;
  return { widths, goes_back, findPair, work_a_step: 2 * STEPS_A_SIGNATURE, asked };
}

/** Every width, whatever the narrower ones found; and the widest once more, for codes that were used. */
function rangesOf({ widths, goes_back }: Search, policy: PurposePolicy, now_ms: number): readonly StepRange[] {
  return [...widths, widths.at(-1) ?? 1].map((width) => stepsAround(policy, now_ms, width, goes_back));
}

function find(
  token: TriedToken,
  { codes }: Try,
  search: Search,
  policy: PurposePolicy,
  now_ms: number,
): ResyncEvidence {
  const ranges = rangesOf(search, policy, now_ms);
  const found = ranges.map((range, i) =>
    search.findPair(token, codes, range, i < search.widths.length ? token.enrolment.floor : NOWHERE),
  );
  const anywhere = found.pop();
  const found_step = found.find((step) => step !== NOWHERE) ?? NOWHERE;
  const widest = ranges.at(-1) ?? { first_step: 0, steps: 0 };
  const is_over = found_step <= liveSteps(policy, now_ms).first_step;
  return { found_step, is_used: anywhere !== NOWHERE, spends_to: is_over ? widest.first_step + widest.steps - 1 : 0 };
}

const findCodes: FindPair = ({ key }, codes, { first_step, steps }, floor) =>
  resynchronise(key, codes, first_step, steps, floor);

/** RFC 6287, 7.3: the token's time is in the signature, so each step is computed by itself. */
function findSignatures(suite: OcraSuite, challenge: string, period_s: number): FindPair {
  return ({ key }, codes, { first_step, steps }, floor) => {
    const input = { mode: 'one-way', challenge } as const;
    const matches = (code: Code, step: number) =>
      Number(ocraMatches(key, suite, input, formatCode(code), { time_ms: step * period_s * 1_000 }));
    const [code, next_code] = codes as [Code, Code];
    let latest = NOWHERE;
    for (let step = first_step; step < first_step + steps; step++) {
      const is_pair = matches(code, step) & matches(next_code, step + 1) & Number(step > floor);
      latest += (step + 1 - latest) * is_pair;
    }
    return latest;
  };
}
