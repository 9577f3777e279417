import type { Announcement } from '../../boundary/announcement.ts';
import type { Outcome } from '../run-command.ts';

/** What a proposal that still waits for others comes out as; undefined when it was carried out. */
export function waitingOutcome({ proposals }: Announcement, nonce: string): Outcome | undefined {
  const waiting = proposals.find((proposal) => proposal.nonce === nonce && proposal.used === 0);
  if (waiting === undefined) return undefined;
  return {
    value: { done: false, proposal: nonce, missing: waiting.missing },
    lines: [`proposed, and waits for ${waiting.missing}`, `they approve with: ramz approve ${nonce}`],
  };
}
