import type { ActOutcome } from '@ramz/audit-log';
import { type Activation, type ActivationNow, isInTime, isOfStore } from './activation.ts';

/** What the log says of typed codes. The app hears whether they were right, and nothing more. */
export type CodesJudgement = Extract<
  ActOutcome,
  'done' | 'no-activation' | 'no-tries-left' | 'codes-expired' | 'wrong-codes' | 'codes-used'
>;

/**
 * Judges typed codes.
 * @param areRight whether both are equal to the codes of the activation, or of a decoy
 * @param appKey fingerprint of the key that the app wants its seeds for
 */
export function judgeCodes(
  activation: Activation | undefined,
  areRight: boolean,
  appKey: string,
  now: ActivationNow,
): CodesJudgement {
  if (activation === undefined || !isOfStore(activation, now)) return 'no-activation';
  if (activation.wrongTries >= now.triesMax) return 'no-tries-left';
  if (!isInTime(activation, now.nowMs)) return 'codes-expired';
  if (!areRight) return 'wrong-codes';
  return activation.appKey === '' || activation.appKey === appKey ? 'done' : 'codes-used';
}
