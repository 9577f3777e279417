// A model of one enrolment with its own clock, on which tests try codes by step.
import { hotpDigits } from '@ramz/otp-core';
import type { Enrolment } from '../../apps/hsm-daemon/src/vault/domain/enrolment/enrolment.ts';
import { foldEntry } from '../../apps/hsm-daemon/src/vault/domain/enrolment/fold-entry.ts';
import type { Standing } from '../../apps/hsm-daemon/src/vault/domain/enrolment/standing.ts';
import { candidateSteps } from '../../apps/hsm-daemon/src/vault/domain/verification/candidate-steps.ts';
import { decide, type Evidence, type Rules } from '../../apps/hsm-daemon/src/vault/domain/verification/decide.ts';
import type { VerdictEntry } from '../../libs/audit-log/src/entries/entry.ts';
import type { VerdictReason } from '../../libs/audit-log/src/entries/words.ts';
import type { PurposePolicy } from '../../libs/bank-profile/src/purpose-policy.ts';

export const HOUR_MS: number = 3600 * 1000;
/** The rules of a second PIN. */
export const POLICY: PurposePolicy = {
  subject: 'card',
  tokensMax: 1,
  digits: hotpDigits(8),
  hash: 'sha1',
  periodSeconds: 60,
  t0Seconds: 0,
  acceptedPastSteps: 1,
  triesMax: 5,
  triesIntervalMs: 24 * HOUR_MS,
  slowTriesMax: 100,
  slowTriesIntervalMs: 30 * 24 * HOUR_MS,
  driftMaxSteps: 1,
  resyncSteps: [1, 3, 10],
  resyncBranchSteps: 60,
  resyncAheadSteps: 2,
  channels: ['internet-bank'],
};
export const RULES: Rules = { purpose: POLICY, card: { triesMax: 10, triesIntervalMs: 24 * HOUR_MS } };
export const TOKEN: Enrolment = {
  id: '1'.repeat(32),
  generation: 1,
  epoch: 1,
  tokenSerial: 'T',
  floor: 0,
  observed: [],
};
export const FRESH: Standing = {
  subject: '0'.repeat(32),
  purpose: 'second-pin',
  status: 'active',
  generation: 1,
  wrongAtMs: [],
  wrongSinceAccepted: 0,
  enrolments: [TOKEN],
  through: 0,
};
/** A step whose code is always wrong. */
export const WRONG = -1;

/** Tries codes by their step: step s stands for the code of step s. */
export class World {
  standing: Standing = FRESH;
  siblings: Standing[] = [];
  rules: Rules = RULES;
  nowMs = 1_000_000 * 60_000;

  get step(): number {
    return this.nowMs / 60_000;
  }

  /** The only enrolment. */
  get enrolment(): Enrolment {
    return this.standing.enrolments[0] ?? TOKEN;
  }

  /** Tries the code of a step, or a wrong code. */
  try(step: number): VerdictReason {
    const { firstStep, steps } = candidateSteps(this.enrolment, POLICY, this.nowMs);
    const at = step - firstStep;
    const matches = at >= 0 && at < steps ? 1 << at : 0;
    return this.take({ firstStep, steps, matches });
  }

  take(evidence: Evidence): VerdictReason {
    const compared = [{ enrolment: this.enrolment, evidence }];
    const decision = decide(this.standing, this.siblings, this.rules, compared, this.nowMs);
    const entry = {
      kind: 'verdict',
      purpose: 'second-pin',
      atMs: this.nowMs,
      ...decision,
    } as unknown as VerdictEntry;
    const index = this.standing.through + 1;
    this.standing = foldEntry(this.standing, 'second-pin', entry, index) ?? this.standing;
    return decision.reason;
  }
}
