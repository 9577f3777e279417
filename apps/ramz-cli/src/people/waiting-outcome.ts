import { describeCommand } from '@ramz/client';
import type { Announcement, ProposalView, SensitiveCommand } from '@ramz/custody';
import type { CommandResult } from '../run-command.ts';

/** Returns a proposal that still waits for approvals; undefined when it was carried out. */
export function waitingOf({ proposals }: Announcement, nonce: string): ProposalView | undefined {
  return proposals.find((proposal) => proposal.nonce === nonce && proposal.used === 0);
}

/** Returns the outcome of a proposal that still waits; undefined when it was carried out. */
export function waitingOutcome(now: Announcement, nonce: string): CommandResult | undefined {
  const waiting = waitingOf(now, nonce);
  if (waiting === undefined) return undefined;
  return {
    value: { done: false, proposal: nonce, missing: waiting.missing },
    lines: [`proposed, and waits for ${waiting.missing}`, `they approve with: ramz approve ${nonce}`],
  };
}

/** @throws Error when the same command already waits: a second proposal would be useless */
export function assertNotProposed({ proposals }: Announcement, command: SensitiveCommand): void {
  const asked = JSON.stringify(describeCommand(command));
  const same = proposals.find(({ command: one, used }) => used === 0 && JSON.stringify(describeCommand(one)) === asked);
  if (same === undefined) return;
  throw new Error(`the same command was already proposed and waits for ${same.missing}: ramz approve ${same.nonce}`);
}
