import { type Code, matchWindow, parseCode } from '@ramz/otp-core';
import type { ReplyOf, VerifyCommand } from '../../boundary/commands.ts';
import type { PurposePolicy } from '../domain/policy/purpose-policy.ts';
import { candidateSteps } from '../domain/verification/candidate-steps.ts';
import { decideTries, type Gather, namesOf } from './decide-tries.ts';
import type { Draft } from './draft.ts';
import { Fault } from './fault.ts';
import type { OpenKeys } from './open-keys.ts';
import type { VaultPorts } from './ports.ts';

/** A verdict on each code, in order. A malformed one refuses the call before any code of it is decided. @throws Fault */
export function verifyCodes(
  { caller, channel, attempts }: VerifyCommand,
  draft: Draft,
  keys: OpenKeys,
  ports: VaultPorts,
): ReplyOf['verify'] {
  const tries = attempts.map((attempt) => {
    const { purpose, code } = attempt;
    const codes = [readCode(code, ports.profile.purposes[purpose])];
    return { purpose, codes, ...namesOf({ caller, ...attempt }, code, keys) };
  });
  // Every live step is computed and compared.
  const gather: Gather = (key, { codes: [code] }, enrolment, policy) => {
    const { first_step, steps } = candidateSteps(enrolment, policy, draft.now_ms);
    return { first_step, steps, matches: code === undefined ? 0 : matchWindow(key, code, first_step, steps) };
  };
  const by = { caller, channel, rpc: 'Verify' as const };
  return { kind: 'verdicts', results: decideTries(by, tries, gather, draft, keys, ports) };
}

/** @throws Fault for a code of another length */
export function readCode(code: string, { digits }: PurposePolicy): Code {
  if (code.length !== digits) throw new Fault('malformed', `a code for this purpose has ${digits} digits`);
  return parseCode(code, digits);
}
