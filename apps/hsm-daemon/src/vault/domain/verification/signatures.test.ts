// Several transactions signed in one step: each response once, and no step behind the floor.
import type { Entry } from '@ramz/audit-log';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FRESH, RULES } from '../../../../../../test/harness/world-of-steps.ts';
import { RESPONSES_A_STEP_MAX } from '../enrolment/enrolment.ts';
import { foldEntry, foldRestored, type StandingEntry } from '../enrolment/fold-entry.ts';
import type { Standing } from '../enrolment/standing.ts';
import { decide } from './decide.ts';

const RULES_OF_SIGNING = { ...RULES, purpose: { ...RULES.purpose, triesMax: 100 } };
const SIGNER: Standing = { ...FRESH, purpose: 'transaction-signature' };
const NAMES = Array.from({ length: 12 }, (_, i) => i.toString(16).padStart(32, '0'));

interface Signature {
  readonly step: number;
  readonly response: string;
}

/** A signing token on which tests try responses by step. */
class Signer {
  standing: Standing = SIGNER;
  readonly #decide: typeof decide;

  constructor(decideOne: typeof decide = decide) {
    this.#decide = decideOne;
  }

  /** Tries a response of a step, with the live steps 10 to 13. */
  try({ step, response }: Signature): string {
    const [enrolment] = this.standing.enrolments;
    if (enrolment === undefined) return 'not-enrolled';
    const evidence = { firstStep: 10, steps: 4, matches: 1 << (step - 10), response };
    const decision = this.#decide(this.standing, [], RULES_OF_SIGNING, [{ enrolment, evidence }], 0);
    const of = { atMs: 0, subject: SIGNER.subject, purpose: SIGNER.purpose, ...decision };
    this.fold({ kind: 'verdict', ...of } as unknown as StandingEntry);
    if (decision.response !== '') this.fold({ kind: 'signed', ...of });
    return decision.reason;
  }

  fold(entry: StandingEntry): void {
    this.standing = foldEntry(this.standing, SIGNER.purpose, entry, this.standing.through + 1) ?? this.standing;
  }
}

/** Returns whether any response of a step was accepted twice. */
function isTakenTwice(signatures: readonly Signature[], decideOne?: typeof decide): boolean {
  const signer = new Signer(decideOne);
  const taken = new Set<string>();
  let floor = 0;
  for (const one of signatures) {
    if (signer.try(one) !== 'accepted') continue;
    const name = `${one.step} ${one.response}`;
    if (taken.has(name) || one.step < floor) return true;
    taken.add(name);
    floor = one.step;
  }
  return false;
}

const signatures = fc.array(
  fc.record({ step: fc.integer({ min: 10, max: 13 }), response: fc.constantFrom(...NAMES) }),
  { maxLength: 40 },
);

describe('signatures of one step', () => {
  const [one = '', other = ''] = NAMES;

  it('are accepted for two transactions, each once', () => {
    const signer = new Signer();
    const tried = [one, other, one, other].map((response) => signer.try({ step: 11, response }));
    expect(tried).toEqual(['accepted', 'accepted', 'used-code', 'used-code']);
  });

  it('are refused where the same digits are by chance those of a later step too', () => {
    const signer = new Signer();
    expect(signer.try({ step: 11, response: one })).toBe('accepted');
    expect(signer.try({ step: 12, response: one })).toBe('used-code');
  });

  it('are refused once a later step has signed', () => {
    const signer = new Signer();
    const tried = [12, 11, 12].map((step, i) => signer.try({ step, response: NAMES[i] ?? '' }));
    expect(tried).toEqual(['accepted', 'used-code', 'accepted']);
  });

  it('are refused after as many as a person can type', () => {
    const signer = new Signer();
    const tried = NAMES.map((response) => signer.try({ step: 11, response }));
    expect(tried.filter((reason) => reason === 'accepted')).toHaveLength(RESPONSES_A_STEP_MAX);
    expect(tried.at(-1)).toBe('used-code');
    expect(signer.try({ step: 12, response: '9'.repeat(32) })).toBe('accepted');
  });

  it('are refused where not every used response of the step is known', () => {
    const stepAt11 = {
      atMs: 0,
      subject: SIGNER.subject,
      purpose: SIGNER.purpose,
      enrolmentId: '1'.repeat(32),
      step: 11,
    };
    const accepted = { kind: 'verdict', reason: 'accepted', ...stepAt11 } as unknown as StandingEntry;
    // As a daemon wrote it before responses were counted; spent by another token; found by two
    // codes.
    const closing: StandingEntry[] = [
      accepted,
      { kind: 'spent', ...stepAt11 },
      { ...accepted, reason: 'resynchronised' } as StandingEntry,
    ];
    for (const entry of closing) {
      const signer = new Signer();
      signer.fold(entry);
      expect(signer.try({ step: 11, response: one })).toBe('used-code');
    }
    const signer = new Signer();
    expect(signer.try({ step: 11, response: one })).toBe('accepted');
    signer.fold({ kind: 'spent', ...stepAt11 });
    expect(signer.try({ step: 11, response: other })).toBe('used-code');
  });

  it('are refused after a restore, whose floors cover them', () => {
    const signer = new Signer();
    expect(signer.try({ step: 11, response: one })).toBe('accepted');
    const restored = { kind: 'restored', floors: { 'transaction-signature': 11 } } as Extract<
      Entry,
      { kind: 'restored' }
    >;
    signer.standing = foldRestored(signer.standing, restored, 9);
    expect(signer.try({ step: 11, response: other })).toBe('used-code');
  });

  it('never accept a response twice, in any order; a vault that forgets responses does (planted)', () => {
    fc.assert(fc.property(signatures, (all) => !isTakenTwice(all)));
    const forgetful: typeof decide = (standing, siblings, rules, compared, nowMs) => {
      const forgotten = compared.map(({ enrolment, evidence }) => {
        const usedResponses = enrolment.usedResponses?.map(() => 'f'.repeat(32));
        return { enrolment: { ...enrolment, usedResponses }, evidence };
      });
      return decide(standing, siblings, rules, forgotten, nowMs);
    };
    expect(fc.check(fc.property(signatures, (all) => !isTakenTwice(all, forgetful))).failed).toBe(true);
  });
});
