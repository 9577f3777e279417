import type { Announcement, CeremonyView } from '@ramz/custody';
import type { Texts } from '../terminal/texts.ts';

export function isOpen({ ceremony }: Announcement): boolean {
  return ceremony !== null && ceremony.phase !== 'finalised' && ceremony.phase !== 'aborted';
}

/**
 * Returns one line: the current step, its progress, and the people who are awaited.
 * @param own name of the reader, who is not listed as awaited
 */
export function progressOf(now: Announcement, texts: Texts, own: string): string {
  const { ceremony } = now;
  if (ceremony === null) return texts.nothing;
  const { title, done, wanted, needed } = awaited(now, ceremony, texts);
  const open = wanted.filter((name) => !done.includes(name));
  const missing = open.filter((name) => name !== own);
  const count = needed === 0 ? '' : ` (${done.length}/${needed})`;
  const note = ceremony.note === '' ? '' : `: ${ceremony.note}`;
  // If more people are left than needed, any of them will do.
  const any = open.length > needed - done.length ? `${texts.any_of} ` : '';
  const whom = missing.length === 0 || done.length >= needed ? '' : `; ${texts.waiting} ${any}${missing.join(', ')}`;
  const kcv = ceremony.root_key_kcv === '' ? '' : `; KCV ${ceremony.root_key_kcv}`;
  return `[${ceremony.plan.kind}] ${title}${count}${note}${whom}${kcv}`;
}

interface Awaited {
  readonly title: string;
  readonly done: readonly string[];
  readonly wanted: readonly string[];
  readonly needed: number;
}

function awaited(now: Announcement, ceremony: CeremonyView, texts: Texts): Awaited {
  const { phase, plan } = ceremony;
  const title = texts.phases[phase];
  const all = (done: readonly string[], wanted: readonly string[]) => ({ title, done, wanted, needed: wanted.length });
  switch (phase) {
    case 'roster':
      return awaitedAtRoster(ceremony, texts);
    case 'commit':
      return all(ceremony.committed, plan.custodians);
    case 'reveal':
      return all(ceremony.revealed, plan.custodians);
    case 'give':
      return { ...all(ceremony.given, now.holders), needed: now.threshold };
    case 'prove':
      return all(ceremony.proved, plan.custodians);
    case 'roll-call':
      return all(ceremony.proved, now.holders);
    case 'finalise':
    case 'finalised':
    case 'aborted':
      return all([], []);
  }
}

/** First everyone joins, then everyone compares. */
function awaitedAtRoster({ plan, roster, confirmed }: CeremonyView, texts: Texts): Awaited {
  const wanted = plan.custodians;
  const joined = wanted.filter((name) => roster.some((person) => person.name === name));
  const allJoined = joined.length === wanted.length;
  return {
    title: allJoined ? texts.phases.roster : texts.joining,
    done: allJoined ? confirmed : joined,
    wanted,
    needed: wanted.length,
  };
}

/** Returns the progress as an object for programs. */
export function progressEvent({ state, ceremony }: Announcement): object {
  if (ceremony === null) return { state, ceremony: null };
  const { id, plan, phase, note, root_key_kcv: rootKeyKcv, confirmed, given, proved } = ceremony;
  return { state, ceremony: { id, kind: plan.kind, phase, note, root_key_kcv: rootKeyKcv, confirmed, given, proved } };
}
