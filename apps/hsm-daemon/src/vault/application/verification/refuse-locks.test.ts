import type { VerdictEntry } from '@ramz/audit-log';
import { profilePath, readBankProfile } from '@ramz/bank-profile';
import { bankPinDigits } from '@ramz/otp-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { commitAll, draftOf, enrolled, hexId, NOW_MS, verdict } from '../../../../../../test/harness/ledger-entries.ts';
import { SharedLedger, SharedStore } from '../../../../../../test/sim/verification/shared-store.ts';
import { NO_REQUESTS } from '../../store/request-names.ts';
import type { Draft } from '../batch/batch.ts';
import { Fault } from '../batch/fault.ts';
import { type Call, rulesOf, type Try } from './call.ts';
import { LockBudget } from './lock-budget.ts';
import { refuseLocks } from './refuse-locks.ts';

const profile = readBankProfile(profilePath('maskan'));
const ports = { profile, monotonicMs: () => NOW_MS };
const rules = rulesOf('second-pin', ports);
const AT_RISK = 1;
const SOUND = 2;

describe('a caller that may lock no more cards', () => {
  let draft: Draft;
  let locks: LockBudget;
  beforeEach(async () => {
    const ledger = new SharedLedger(new SharedStore(), hexId(9));
    const wrong = Array.from({ length: rules.purpose.triesMax - 1 }, (_, i) => verdict(AT_RISK, i));
    await commitAll(ledger, [enrolled(AT_RISK), enrolled(SOUND), ...wrong]);
    draft = draftOf(ledger, []);
    locks = new LockBudget(profile.locks);
  });

  const callOn = (...cards: readonly number[]): Call => ({
    caller: 'bank',
    channel: 'pos',
    rpc: 'Verify',
    stepsTried: () => 1,
    tries: cards.map((n, request) => ({
      purpose: 'second-pin',
      rules,
      tokenSerial: '',
      question: { kind: 'code', code: { value: 0, digits: bankPinDigits(8) }, counts: true },
      request,
      place: draft.place(hexId(n), 'second-pin'),
      weighed: undefined,
    })),
  });
  const spend = () => locks.note('bank', profile.locks.per_caller_max, NOW_MS);

  it('waits with codes of a card that the next wrong one locks, and with no other card', () => {
    refuseLocks(callOn(AT_RISK), draft, locks, ports);
    spend();
    expect(() => refuseLocks(callOn(AT_RISK), draft, locks, ports)).toThrow(Fault);
    refuseLocks(callOn(SOUND), draft, locks, ports);
  });

  it('waits with codes for two purposes that would lock their card together', async () => {
    const ledger = new SharedLedger(new SharedStore(), hexId(9));
    const other = { purpose: 'first-pin', enrolmentId: hexId(7) } as const;
    // An accepted code resets the tries of its purpose, not those of the card: 4, then 1 and 3 are
    // 8 of its 10.
    const wrong = (from: number, count: number, of: Partial<VerdictEntry> = {}) =>
      Array.from({ length: count }, (_, i) => verdict(SOUND, from + i, of));
    const accepted = verdict(SOUND, 90, { reason: 'accepted', step: 1 });
    const tried = [...wrong(10, 4), accepted, ...wrong(20, 1), ...wrong(30, 3, other)];
    await commitAll(ledger, [enrolled(SOUND), enrolled(SOUND, other), ...tried]);
    await ledger.load({
      places: profile.purposeNames.map((purpose) => ({ subject: hexId(SOUND), purpose })),
      names: NO_REQUESTS,
      requestsSinceMs: 0,
    });
    draft = draftOf(ledger, []);
    spend();
    refuseLocks(callOn(SOUND), draft, locks, ports);
    const both = callOn(SOUND, SOUND);
    const [one, two] = both.tries as [Try, Try];
    const tries = [one, { ...two, purpose: other.purpose, place: draft.place(hexId(SOUND), other.purpose) }];
    expect(() => refuseLocks({ ...both, tries }, draft, locks, ports)).toThrow(Fault);
  });

  it('does not wait with codes that cannot lock, even when it locked more cards than allowed', () => {
    spend();
    locks.note('bank', 3, NOW_MS);
    refuseLocks(callOn(SOUND), draft, locks, ports);
  });

  it('waits with as many codes of one card as would lock it together', () => {
    spend();
    const many = Array.from({ length: rules.purpose.triesMax }, () => SOUND);
    expect(() => refuseLocks(callOn(...many), draft, locks, ports)).toThrow(Fault);
  });
});
