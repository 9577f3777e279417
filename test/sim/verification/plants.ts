// Bugs that the simulation must find.
import { decide } from '../../../apps/hsm-daemon/src/vault/domain/verification/decide.ts';
import type { StorePlant } from './shared-register.ts';

/** A planted bug. */
export type Plant = StorePlant | 'no-single-use' | 'uncounted';
export const PLANTS: readonly Plant[] = [
  'no-single-use',
  'uncounted',
  'no-compare',
  'write-skew',
  'forgets-requests',
  'loses-commits',
];

/** Returns the vault's decide function, or one with the planted bug. */
export function plantedDecide(plant: Plant): typeof decide {
  switch (plant) {
    case 'no-single-use':
      return (standing, siblings, rules, compared, nowMs) => {
        const forgetful = compared.map((one) => ({ ...one, enrolment: { ...one.enrolment, floor: 0 } }));
        return decide(standing, siblings, rules, forgetful, nowMs);
      };
    case 'uncounted':
      return (standing, ...rest) => {
        const decision = decide(standing, ...rest);
        return decision.reason === 'locked-now' ? { ...decision, reason: 'wrong-code' } : decision;
      };
    default:
      return decide;
  }
}
