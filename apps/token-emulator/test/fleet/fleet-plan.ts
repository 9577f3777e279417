import type { FleetPlan } from '../../src/fleet/fleet-plan.ts';
import { CLIMATES } from '../../src/physics/climate.ts';
import { changedProfile } from '../../src/profile/changed-profile.ts';
import { readDeviceProfile } from '../../src/profile/read-device-profile.ts';
import { instant } from '../../src/time/instant.ts';

export const START = instant(Date.UTC(2026, 0, 1));

/** A plan of one lot in an office, with these changes of its profile. */
export function planOf(change: object, more: Partial<FleetPlan> = {}, profile = 'classic-time'): FleetPlan {
  const read = readDeviceProfile(profile);
  const lot = { name: 'a', customers: 1_000, profile: changedProfile(read.profile, change), numbers: [] };
  return {
    name: 'test',
    says: 'a test',
    seed: 1,
    start: START,
    years: 6,
    lots: [{ ...lot, issuedOverMonths: 6 }],
    places: [{ name: 'here', share: 1, climate: CLIMATES.office }],
    usages: [{ share: 1, loginEveryDays: 10, pressesPerLogin: 2, typingSeconds: 10, triesBeforeHelp: 2 }],
    fates: {
      lostPctPerYear: 0,
      stolenPctPerYear: 0,
      damagedPctPerYear: 0,
      dropsPerYear: 0,
      dropHeightMeters: 1.2,
      washesPerYear: 0,
      isReplaced: false,
    },
    policies: [
      {
        name: 'p',
        stepSeconds: 60,
        pastSteps: 1,
        futureSteps: 0,
        firstLoginSteps: 10,
        learns: 'each-login',
        driftMaxSteps: 1_000,
        resyncSteps: 10,
        helpSteps: 60,
        triesMax: 5,
      },
    ],
    costs: { currency: 'EUR', token: 1, issue: 1, call: 1, cell: 1 },
    ...more,
  };
}
