// RFC 6287, 6: the suite of transaction signatures: hash of the transaction as challenge, and time.
import type { PurposePolicy } from './purpose-policy.ts';

const MINUTE_S = 60;
const MINUTES_MAX = 59;

/** Returns whether a suite can express this period: under a minute, or minutes under an hour. */
export function hasOcraPeriod(periodSeconds: number): boolean {
  return periodSeconds < MINUTE_S || (periodSeconds % MINUTE_S === 0 && periodSeconds <= MINUTES_MAX * MINUTE_S);
}

export function ocraSuiteText({ hash, digits, periodSeconds }: PurposePolicy): string {
  const time = periodSeconds < MINUTE_S ? `${periodSeconds}S` : `${periodSeconds / MINUTE_S}M`;
  return `OCRA-1:HOTP-${hash.toUpperCase()}-${digits}:QH64-T${time}`;
}
