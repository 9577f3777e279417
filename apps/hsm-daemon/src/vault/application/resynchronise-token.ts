// RFC 4226, 7.4: two consecutive codes find a token whose clock has drifted out of the window.
import { resynchronise } from '@ramz/otp-core';
import type { ReplyOf, ResynchroniseCommand } from '../../boundary/commands.ts';
import { stepsAround } from '../domain/verification/candidate-steps.ts';
import type { ResyncEvidence } from '../domain/verification/decide.ts';
import { decideTries, type Gather, namesOf } from './decide-tries.ts';
import type { Draft } from './draft.ts';
import type { OpenKeys } from './open-keys.ts';
import type { VaultPorts } from './ports.ts';
import { readCode } from './verify-codes.ts';

const NOWHERE = -1;

/**
 * One verdict on both codes. They are used up by it, and confirm nothing else; wrong ones are counted as one wrong
 * try. @throws Fault
 */
export function resynchroniseToken(
  command: ResynchroniseCommand,
  draft: Draft,
  keys: OpenKeys,
  ports: VaultPorts,
): ReplyOf['resynchronise'] {
  const { caller, channel, purpose, code, next_code } = command;
  const policy = ports.profile.purposes[purpose];
  const codes = [readCode(code, policy), readCode(next_code, policy)];
  const names = namesOf(command, `resynchronise ${code} ${next_code}`, keys);
  const widths = channel === 'branch' ? [...policy.resync_steps, policy.resync_branch_steps] : policy.resync_steps;
  // Every width is looked at, whatever the narrower ones found.
  const gather: Gather = (key, tried, enrolment): ResyncEvidence => {
    const within = (width: number, floor: number) => {
      const { first_step, steps } = stepsAround(policy, draft.now_ms, width);
      return resynchronise(key, tried.codes, first_step, steps, floor);
    };
    const found = widths.map((width) => within(width, enrolment?.floor ?? 0));
    const anywhere = within(widths.at(-1) ?? 1, NOWHERE);
    return { found_step: found.find((step) => step !== NOWHERE) ?? NOWHERE, is_used: anywhere !== NOWHERE };
  };
  const by = { caller, channel, rpc: 'Resynchronise' as const };
  return { kind: 'verdicts', results: decideTries(by, [{ purpose, codes, ...names }], gather, draft, keys, ports) };
}
