import { afterEach, describe, expect, it } from 'vitest';
import { ACTS } from '../../apps/hsm-daemon/src/vault/domain/life-cycle/acts.ts';
import { firstWrong } from './life-cycle/first-wrong.ts';

const SEED = Number(process.env['RAMZ_SEED'] ?? Math.floor(Math.random() * 1e9));
const LIVES_TO_FIND = 40_000;

describe(`the life cycle of cards, from RAMZ_SEED=${SEED}`, () => {
  it.each([
    ['no-number-row', ['put', 'enrol']],
    ['forgets-acts', undefined],
  ] as const)('shows the planted bug "%s"', { timeout: 480_000 }, async (plant, kinds) => {
    expect(await firstWrong(LIVES_TO_FIND, SEED, plant, kinds)).toBeDefined();
  });

  describe('with a block that a number change lifts (planted)', () => {
    const { after } = ACTS['number-changed'] as { after: Record<string, string> };
    afterEach(() => {
      after['blocked'] = 'blocked';
    });
    it('is found', { timeout: 480_000 }, async () => {
      after['blocked'] = 'void';
      expect(await firstWrong(LIVES_TO_FIND, SEED, 'none')).toBeDefined();
    });
  });
});
