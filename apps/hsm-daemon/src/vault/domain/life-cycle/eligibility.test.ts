import { ACCOUNT_KINDS, PERSON_KINDS } from '@ramz/audit-log';
import { describe, expect, it } from 'vitest';
import { eligibilityOf, missingOf } from './eligibility.ts';

const [ADA, BEA, CYR] = ['0012345679', '0490000010', '1271234564'];
/** All sets of up to three people, some with one of them twice or in another order. */
const SETS: readonly (readonly string[])[] = [
  [],
  [ADA],
  [BEA],
  [ADA, BEA],
  [BEA, ADA],
  [ADA, ADA],
  [ADA, BEA, CYR],
  [CYR, BEA, ADA, BEA],
];

const isWithin = (few: readonly string[], many: readonly string[]) => few.every((one) => many.includes(one));

/** The rules as the requirements say them, one after the other. */
function expected(
  person: string,
  account: string,
  isOpeningBranch: boolean,
  holders: readonly string[],
  present: readonly string[],
  joint: string,
): string {
  if (account === 'joint' && joint === 'refuse') return 'joint-account'; // S-17
  if (person === 'legal' && !isOpeningBranch) return 'wrong-branch'; // S-18
  if (person === 'natural' && account === 'single') return 'done'; // S-16
  if (holders.length === 0) return 'no-holders';
  return isWithin(holders, present) ? 'done' : 'holders-missing'; // S-19
}

describe('eligibility (S-16 to S-19)', () => {
  const cells = PERSON_KINDS.flatMap((personKind) =>
    ACCOUNT_KINDS.flatMap((accountKind) =>
      (['refuse', 'all-holders'] as const).map((joint) => ({ personKind, accountKind, joint })),
    ),
  );

  it.each(cells)('of a $personKind person, $accountKind account, joint accounts $joint', ({ joint, ...kinds }) => {
    for (const branch of ['12', '7']) {
      for (const holders of SETS) {
        for (const present of SETS) {
          const facts = { ...kinds, openingBranch: '12', branch, holders, present };
          const wanted = expected(kinds.personKind, kinds.accountKind, branch === '12', holders, present, joint);
          expect([facts, eligibilityOf(facts, { joint })]).toEqual([facts, wanted]);
        }
      }
    }
  });

  it('names each missing person once', () => {
    expect(missingOf({ holders: [ADA, BEA, BEA, CYR], present: [CYR] })).toEqual([ADA, BEA]);
  });
});
