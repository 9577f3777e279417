// RFC 4226, 7.4: two consecutive codes find a token whose clock has drifted out of the window.
import { resynchronise } from '@ramz/otp-core';
import type { Channel, ResynchroniseCommand } from '../../boundary/commands.ts';
import type { PurposePolicy } from '../domain/policy/purpose-policy.ts';
import { stepsAround } from '../domain/verification/candidate-steps.ts';
import type { ResyncEvidence } from '../domain/verification/decide.ts';
import type { Asked } from './asked.ts';
import { policyOf, type Try } from './decide-tries.ts';
import type { VaultPorts } from './ports.ts';
import type { TriedToken } from './tried-tokens.ts';
import { assertNoSignature, readCode } from './verify-codes.ts';

const NOWHERE = -1;

/**
 * One try of both codes. They are used up by it, and confirm nothing else; wrong ones are counted as one wrong
 * try. @throws Fault
 */
export function readResynchronise(command: ResynchroniseCommand, ports: VaultPorts): Asked {
  const { caller, channel, subject_name, purpose, token_serial, request_id, code, next_code } = command;
  assertNoSignature(purpose);
  const policy = policyOf(purpose, ports);
  const codes = [readCode(code, policy), readCode(next_code, policy)];
  const asked = `resynchronise ${code} ${next_code}`;
  const widths = widthsOf(channel, policy);
  return {
    caller,
    channel,
    rpc: 'Resynchronise',
    asked: [{ caller, subject_name, purpose, token_serial, request_id, asked, codes }],
    gather: (tokens, tried, _policy, now_ms) =>
      tokens.map((token) => ({ enrolment: token.enrolment, evidence: find(token, tried, widths, policy, now_ms) })),
    stepsTried: (_policy, now_ms) =>
      lookedAt(widths).reduce((sum, width) => sum + stepsAround(policy, now_ms, width).steps, 0),
  };
}

/** An operator of a branch has looked at the customer and the token. */
function widthsOf(channel: Channel, { resync_steps, resync_branch_steps }: PurposePolicy): readonly number[] {
  return channel === 'branch' ? [...resync_steps, resync_branch_steps] : resync_steps;
}

/** Every width, whatever the narrower ones found; and the widest once more, for codes that were used. */
function lookedAt(widths: readonly number[]): readonly number[] {
  return [...widths, widths.at(-1) ?? 1];
}

function find(
  { enrolment, key }: TriedToken,
  { codes }: Try,
  widths: readonly number[],
  policy: PurposePolicy,
  now_ms: number,
): ResyncEvidence {
  const within = (width: number, floor: number) => {
    const { first_step, steps } = stepsAround(policy, now_ms, width);
    return resynchronise(key, codes, first_step, steps, floor);
  };
  const found = lookedAt(widths).map((width, i) => within(width, i < widths.length ? enrolment.floor : NOWHERE));
  const anywhere = found.pop();
  return { found_step: found.find((step) => step !== NOWHERE) ?? NOWHERE, is_used: anywhere !== NOWHERE };
}
