// Random people act on a few cards at two daemons on one store, against a simple model. Seen to
// find three planted bugs (`planted-life-cycle-bugs`): that is why a green run means something.
import { describe, expect, it } from 'vitest';
import { firstWrong } from './life-cycle/first-wrong.ts';

/** `npm run test:life-cycle` lives 100,000. */
const LIVES = Number(process.env['RAMZ_LIVES'] ?? 400);
const SEED = Number(process.env['RAMZ_SEED'] ?? Math.floor(Math.random() * 1e9));

describe('the life cycle of cards', () => {
  it(`is that of the model in ${LIVES} lives from RAMZ_SEED=${SEED}`, { timeout: 60_000 + LIVES * 100 }, async () => {
    expect(await firstWrong(LIVES, SEED, 'none')).toBeUndefined();
  });
});
