import type { Purpose } from '@ramz/audit-log';
import type { PurposePolicy } from '@ramz/bank-profile';
import { hexOf } from '@ramz/custody';
import { type Code, KEYS_MAX, matchKeys, matchWindow, parseCode } from '@ramz/otp-core';
import type { Attempt, VerifyCommand } from '../../../boundary/commands.ts';
import { openPinBlock } from '../../crypto/pin-block.ts';
import { candidateSteps, candidateStepsMax, liveSteps } from '../../domain/verification/candidate-steps.ts';
import type { CodeEvidence, Comparison } from '../../domain/verification/decide.ts';
import { Fault } from '../batch/fault.ts';
import type { VaultPorts } from '../batch/ports.ts';
import type { OpenKeys } from '../keys/open-keys.ts';
import type { RequestedTries } from './requested-tries.ts';
import type { CandidateToken } from './tries.ts';
import { type Gather, policyOf } from './tries.ts';

/** What a call asks. A malformed code refuses the call before any of it is decided. @throws Fault */
export function readVerify(
  { caller, group, channel, attempts }: VerifyCommand,
  keys: OpenKeys,
  ports: Pick<VaultPorts, 'ledger' | 'profile'>,
): RequestedTries {
  const requested = attempts.map((attempt) => {
    assertNoSignature(attempt.purpose);
    const { code, content } = codeOf(attempt, keys, ports);
    const { subjectName, purpose, tokenSerial, requestId } = attempt;
    const codes = code === undefined ? [] : [code];
    return { group, subjectName, purpose, tokenSerial, requestId, content, codes };
  });
  return { caller, channel, rpc: 'Verify', requested, gather: gatherCode, stepsTried: candidateStepsMax };
}

/**
 * The code, and what a repetition of the request must repeat. A PIN block that does not open, or holds a code of another
 * length, is a code that no step has. @throws Fault
 */
function codeOf(
  attempt: Attempt,
  keys: OpenKeys,
  ports: Pick<VaultPorts, 'ledger' | 'profile'>,
): { code: Code | undefined; content: string } {
  const policy = policyOf(attempt.purpose, ports);
  const { code, sealedCode, subjectName } = attempt;
  if (sealedCode === undefined) return { code: readCode(code, policy), content: code };
  const { zone, pinBlock } = sealedCode;
  const known = ports.ledger.keys?.zones.find(({ name }) => name === zone);
  const key = known && keys.zones.keyOf(zone, known.epoch);
  if (key === undefined) throw new Fault('malformed', `there is no zone ${zone} that may be used`);
  const digits = openPinBlock(key, pinBlock, subjectName.slice(subjectName.indexOf('/') + 1));
  const content = `${zone} ${hexOf(pinBlock)}`;
  return { code: digits?.length === policy.digits ? parseCode(digits, policy.digits) : undefined, content };
}

/** A code that signs is nothing without what it signs. @throws Fault */
export function assertNoSignature(purpose: Purpose): void {
  if (purpose === 'transaction-signature') throw new Fault('malformed', 'a signature is verified with its transaction');
}

/** @throws Fault for a code of another length */
export function readCode(code: string, { digits }: PurposePolicy): Code {
  if (code.length !== digits) throw new Fault('malformed', `a code for this purpose has ${digits} digits`);
  return parseCode(code, digits);
}

/** Every live step of every token is computed and compared; with a block that did not open too, for nothing. */
const gatherCode: Gather = (tokens, { codes: [code] }, policy, nowMs) => {
  const counts = code === undefined ? NOTHING_COUNTS : EVERYTHING_COUNTS;
  const compared = gather(tokens, code ?? parseCode('0'.repeat(policy.digits), policy.digits), policy, nowMs);
  return compared.map(({ enrolment, evidence }) => ({
    enrolment,
    evidence: { ...evidence, matches: evidence.matches & counts },
  }));
};

const NOTHING_COUNTS = 0;
const EVERYTHING_COUNTS = -1;

interface ComparedCode extends Comparison {
  readonly evidence: CodeEvidence;
}

function gather(tokens: readonly CandidateToken[], code: Code, policy: PurposePolicy, nowMs: number): ComparedCode[] {
  const [only] = tokens;
  if (tokens.length === 1 && only !== undefined) return [compareOne(only, code, policy, nowMs)];
  // Those whose clocks are believed are of one window, and go through the core together.
  const live = liveSteps(policy, nowMs);
  const together = tokens.filter(({ enrolment }) => enrolment.resynchronised === undefined);
  const matches = new Map<CandidateToken, number>();
  for (let from = 0; from < together.length; from += KEYS_MAX) {
    const some = together.slice(from, from + KEYS_MAX);
    const keys = some.map(({ key }) => key);
    const found = matchKeys(keys, code, live.firstStep, live.steps);
    some.forEach((token, i) => matches.set(token, found[i] ?? 0));
  }
  return tokens.map((token) => {
    const found = matches.get(token);
    if (found === undefined) return compareOne(token, code, policy, nowMs);
    return { enrolment: token.enrolment, evidence: { ...live, matches: found } };
  });
}

function compareOne(
  { enrolment, key }: CandidateToken,
  code: Code,
  policy: PurposePolicy,
  nowMs: number,
): ComparedCode {
  const { firstStep, steps } = candidateSteps(enrolment, policy, nowMs);
  return { enrolment, evidence: { firstStep, steps, matches: matchWindow(key, code, firstStep, steps) } };
}
