// An enrolment that codes are tried on, in a world of steps and a clock of its own.
import { hotpDigits } from '@ramz/otp-core';
import type { VerdictReason } from '../../apps/hsm-daemon/src/boundary/commands.ts';
import type { VerdictEntry } from '../../apps/hsm-daemon/src/vault/domain/audit/entry.ts';
import type { Enrolment } from '../../apps/hsm-daemon/src/vault/domain/enrolment/enrolment.ts';
import { foldEntry } from '../../apps/hsm-daemon/src/vault/domain/enrolment/fold-entry.ts';
import type { Standing } from '../../apps/hsm-daemon/src/vault/domain/enrolment/standing.ts';
import type { PurposePolicy } from '../../apps/hsm-daemon/src/vault/domain/policy/purpose-policy.ts';
import { candidateSteps } from '../../apps/hsm-daemon/src/vault/domain/verification/candidate-steps.ts';
import { decide, type Evidence, type Rules } from '../../apps/hsm-daemon/src/vault/domain/verification/decide.ts';

export const HOUR_MS: number = 3600 * 1000;
/** Of a second PIN. */
export const POLICY: PurposePolicy = {
  subject: 'card',
  tokens_max: 1,
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
export const TOKEN: Enrolment = {
  id: '1'.repeat(32),
  generation: 1,
  epoch: 1,
  token_serial: 'T',
  floor: 0,
  observed: [],
};
export const FRESH: Standing = {
  subject: '0'.repeat(32),
  purpose: 'second-pin',
  status: 'active',
  generation: 1,
  wrong_at_ms: [],
  wrong_since_accepted: 0,
  enrolments: [TOKEN],
  through: 0,
};
/** A step whose code is never right. */
export const WRONG = -1;

/** Trying step s is trying the code of step s. */
export class World {
  standing: Standing = FRESH;
  siblings: Standing[] = [];
  rules: Rules = RULES;
  now_ms = 1_000_000 * 60_000;

  get step(): number {
    return this.now_ms / 60_000;
  }

  /** The only token. */
  get enrolment(): Enrolment {
    return this.standing.enrolments[0] ?? TOKEN;
  }

  /** Tries the code of a step, or a wrong one. */
  try(step: number): VerdictReason {
    const { first_step, steps } = candidateSteps(this.enrolment, POLICY, this.now_ms);
    const at = step - first_step;
    const matches = at >= 0 && at < steps ? 1 << at : 0;
    return this.take({ first_step, steps, matches });
  }

  take(evidence: Evidence): VerdictReason {
    const compared = [{ enrolment: this.enrolment, evidence }];
    const decision = decide(this.standing, this.siblings, this.rules, compared, this.now_ms);
    const entry = {
      kind: 'verdict',
      purpose: 'second-pin',
      at_ms: this.now_ms,
      ...decision,
    } as unknown as VerdictEntry;
    const index = this.standing.through + 1;
    this.standing = foldEntry(this.standing, 'second-pin', entry, index) ?? this.standing;
    return decision.reason;
  }
}
