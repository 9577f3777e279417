// A token's log-ins at a server: windows, learned drift, help and locks (RFC 6238, 5.2 and 6).

import { addTo, type FleetCounts } from './fleet-counts.ts';
import type { Policy } from './fleet-plan.ts';

/** A token's log-ins, in the order of the grid. */
export interface Logins {
  /** How many steps the code is ahead of the server's. */
  readonly steps: Int32Array;
  readonly month: Int32Array;
  readonly from: number;
  readonly to: number;
  readonly triesBeforeHelp: number;
}

/**
 * Counts what becomes of each log-in under a policy. A refused customer tries again, then asks for
 * help: two codes find the token within a window that grows.
 */
export function meetServer(counts: FleetCounts, index: number, policy: Policy, logins: Logins): void {
  const { steps, month, from, to, triesBeforeHelp: tries } = logins;
  const { learns, driftMaxSteps, firstLoginSteps, pastSteps, futureSteps } = policy;
  if (from >= to) return;
  const learnsAlways = learns === 'each-login';
  let learned = 0;
  const first = steps[from] as number;
  if (Math.abs(first) > firstLoginSteps)
    learned = help(counts, index, policy, { off: first, learned, month: month[from] as number, tries });
  else if (learns !== 'never') learned = first;
  for (let k = from + 1; k < to; k++) {
    const off = steps[k] as number;
    const apart = off - learned;
    if (apart < -pastSteps || apart > futureSteps)
      learned = help(counts, index, policy, { off, learned, month: month[k] as number, tries });
    else if (learnsAlways) learned = off > driftMaxSteps ? driftMaxSteps : off < -driftMaxSteps ? -driftMaxSteps : off;
  }
}

/** A refused log-in: how many steps the code is off, and what the server knew. */
interface Refusal {
  readonly off: number;
  readonly learned: number;
  readonly month: number;
  readonly tries: number;
}

/** Returns the deviation that the server knows afterwards. */
function help(counts: FleetCounts, index: number, policy: Policy, { off, learned, month, tries }: Refusal): number {
  const { resyncSteps, helpSteps, triesMax, learns } = policy;
  const apart = Math.abs(off - learned);
  addTo(counts, index, 'refused', month, tries);
  const isLocked = tries >= triesMax;
  if (isLocked) addTo(counts, index, 'locks', month, 1);
  if (!isLocked && apart <= resyncSteps) addTo(counts, index, 'resyncs', month, 1);
  else addTo(counts, index, 'calls', month, 1);
  if (apart > Math.max(helpSteps, resyncSteps)) addTo(counts, index, 'beyond', month, 1);
  return learns === 'never' ? learned : off;
}
