// An enrolment that codes are tried on, in a world of steps and a clock of its own.
import { hotpDigits } from '@ramz/otp-core';
import type { VerdictReason } from '../../apps/hsm-daemon/src/boundary/commands.ts';
import type { VerdictEntry } from '../../apps/hsm-daemon/src/vault/domain/audit/entry.ts';
import type { Enrolment } from '../../apps/hsm-daemon/src/vault/domain/enrolment/enrolment.ts';
import { foldEntry } from '../../apps/hsm-daemon/src/vault/domain/enrolment/fold-entry.ts';
import type { PurposePolicy } from '../../apps/hsm-daemon/src/vault/domain/policy/purpose-policy.ts';
import { candidateSteps } from '../../apps/hsm-daemon/src/vault/domain/verification/candidate-steps.ts';
import { decide, type Evidence, type Rules } from '../../apps/hsm-daemon/src/vault/domain/verification/decide.ts';

export const HOUR_MS: number = 3600 * 1000;
/** Of a second PIN. */
export const POLICY: PurposePolicy = {
  digits: hotpDigits(8),
  hash: 'sha1',
  period_s: 60,
  t0_s: 0,
  accepted_past_steps: 1,
  tries_max: 5,
  tries_interval_ms: 24 * HOUR_MS,
  slow_tries_max: 100,
  slow_tries_interval_ms: 30 * 24 * HOUR_MS,
  drift_max_steps: 1,
  resync_steps: [1, 3, 10],
  resync_branch_steps: 60,
  resync_ahead_steps: 2,
  channels: ['internet-bank'],
};
export const RULES: Rules = { purpose: POLICY, card: { tries_max: 10, tries_interval_ms: 24 * HOUR_MS } };
export const FRESH: Enrolment = {
  id: '0'.repeat(32),
  subject: '0'.repeat(32),
  purpose: 'second-pin',
  generation: 1,
  epoch: 1,
  token_serial: 'T',
  status: 'active',
  floor: 0,
  wrong_at_ms: [],
  wrong_since_accepted: 0,
  observed: [],
  through: 0,
};
/** A step whose code is never right. */
export const WRONG = -1;

/** Trying step s is trying the code of step s. */
export class World {
  enrolment: Enrolment = FRESH;
  siblings: Enrolment[] = [];
  rules: Rules = RULES;
  now_ms = 1_000_000 * 60_000;

  get step(): number {
    return this.now_ms / 60_000;
  }

  /** Tries the code of a step, or a wrong one. */
  try(step: number): VerdictReason {
    const { first_step, steps } = candidateSteps(this.enrolment, POLICY, this.now_ms);
    const at = step - first_step;
    const matches = at >= 0 && at < steps ? 1 << at : 0;
    return this.take({ first_step, steps, matches });
  }

  take(evidence: Evidence): VerdictReason {
    const decision = decide(this.enrolment, this.siblings, this.rules, evidence, this.now_ms);
    const entry = { kind: 'verdict', purpose: 'second-pin', at_ms: this.now_ms, ...decision } as VerdictEntry;
    const index = this.enrolment.through + 1;
    this.enrolment = foldEntry(this.enrolment, 'second-pin', entry, index) ?? this.enrolment;
    return decision.reason;
  }
}
