// What entries of the log took away from subjects: tokens, places, the second PIN. It may be taken
// away again without knowing what else happened, so nothing else of an export is believed (D-23).
import {
  type Entry,
  type LifeCycleAct,
  type LifeCycleEntry,
  PURPOSES,
  type Purpose,
  type VerdictReason,
} from '@ramz/audit-log';

export interface Loss {
  readonly act: Extract<LifeCycleAct, 'replayed-lock' | 'replayed-block' | 'replayed-void'>;
  readonly subject: string;
  readonly purposes: readonly Purpose[];
  readonly enrolments: readonly string[];
}

const LOCKS: readonly VerdictReason[] = ['locked-now', 'slow-locked-now', 'card-locked-now'];

/** Returns the losses of entries in their order. Blocks that the branch lifted later are none. */
export function lossesIn(entries: readonly Entry[]): Loss[] {
  let losses: Loss[] = [];
  for (const entry of entries) {
    const isLifted = entry.kind === 'life-cycle' && entry.act === 'second-pin-unblocked' && entry.outcome === 'done';
    if (isLifted) losses = losses.filter(({ act, subject }) => act !== 'replayed-block' || subject !== entry.subject);
    // An entry without a subject or a place says nothing that could be taken away.
    losses.push(...lossesOf(entry).filter(({ subject, purposes }) => subject !== '' && purposes.length > 0));
  }
  return losses;
}

function lossesOf(entry: Entry): Loss[] {
  switch (entry.kind) {
    case 'verdict': {
      if (!LOCKS.includes(entry.reason)) return [];
      const purposes = entry.reason === 'card-locked-now' ? PURPOSES : [entry.purpose];
      return [{ act: 'replayed-lock', subject: entry.subject, purposes, enrolments: [] }];
    }
    case 'enrolled':
      return voided(entry.subject, [entry.purpose], entry.voids);
    case 'life-cycle':
      return entry.outcome === 'done' ? ofAct(entry) : [];
    default:
      return [];
  }
}

function ofAct({ act, subject, purposes, enrolments }: LifeCycleEntry): Loss[] {
  if (act === 'token-found') return [];
  const ended = voided(subject, purposes, enrolments);
  if (act !== 'second-pin-blocked' && act !== 'replayed-block') return ended;
  return [...ended, { act: 'replayed-block', subject, purposes, enrolments: [] }];
}

function voided(subject: string, purposes: readonly Purpose[], enrolments: readonly string[]): Loss[] {
  return enrolments.length === 0 ? [] : [{ act: 'replayed-void', subject, purposes, enrolments }];
}
