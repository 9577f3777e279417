import { type Code, KEYS_MAX, matchKeys, matchWindow, parseCode } from '@ramz/otp-core';
import type { Purpose, VerifyCommand } from '../../boundary/commands.ts';
import type { PurposePolicy } from '../domain/policy/purpose-policy.ts';
import { candidateSteps, liveSteps } from '../domain/verification/candidate-steps.ts';
import type { Compared } from '../domain/verification/decide.ts';
import { type Gather, namesOf, policyOf, type Tries } from './decide-tries.ts';
import { Fault } from './fault.ts';
import type { OpenKeys } from './open-keys.ts';
import type { VaultPorts } from './ports.ts';
import type { TriedToken } from './tried-tokens.ts';

/** The tries of a call. A malformed one refuses the call before any code of it is decided. @throws Fault */
export function readVerify({ caller, channel, attempts }: VerifyCommand, keys: OpenKeys, ports: VaultPorts): Tries {
  const tries = attempts.map((attempt) => {
    assertNoSignature(attempt.purpose);
    const codes = [readCode(attempt.code, policyOf(attempt.purpose, ports))];
    return { codes, ...namesOf({ caller, ...attempt }, attempt.code, keys) };
  });
  return { caller, channel, rpc: 'Verify', tries, gather: gatherCode };
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

/** Every live step of every token is computed and compared. */
const gatherCode: Gather = (tokens, { codes: [code] }, policy, now_ms) => {
  if (code === undefined) throw new Error('a try without a code');
  const [only] = tokens;
  if (tokens.length === 1 && only !== undefined) return [compareOne(only, code, policy, now_ms)];
  // Those whose clocks are believed are of one window, and go through the core together.
  const live = liveSteps(policy, now_ms);
  const together = tokens.filter(({ enrolment }) => enrolment.resynchronised === undefined);
  const matches = new Map<TriedToken, number>();
  for (let from = 0; from < together.length; from += KEYS_MAX) {
    const some = together.slice(from, from + KEYS_MAX);
    const keys = some.map(({ key }) => key);
    const found = matchKeys(keys, code, live.first_step, live.steps);
    some.forEach((token, i) => matches.set(token, found[i] ?? 0));
  }
  return tokens.map((token) => {
    const found = matches.get(token);
    if (found === undefined) return compareOne(token, code, policy, now_ms);
    return { enrolment: token.enrolment, evidence: { ...live, matches: found } };
  });
};

function compareOne({ enrolment, key }: TriedToken, code: Code, policy: PurposePolicy, now_ms: number): Compared {
  const { first_step, steps } = candidateSteps(enrolment, policy, now_ms);
  return { enrolment, evidence: { first_step, steps, matches: matchWindow(key, code, first_step, steps) } };
}
