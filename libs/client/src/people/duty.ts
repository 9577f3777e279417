import type { Announcement, CeremonyView } from '@ramz/custody';

/** A person's next action: `wait` for others, `none` without a ceremony, `ended` after one. */
export type Duty =
  | 'join'
  | 'confirm'
  | 'commit'
  | 'reveal'
  | 'give'
  | 'collect'
  | 'prove'
  | 'finalise'
  | 'wait'
  | 'none'
  | 'ended';

/** Returns what `name` has to do next in the announced ceremony. Pure. */
export function dutyOf({ ceremony, holders }: Announcement, name: string, hasJoined: boolean): Duty {
  if (ceremony === null) return 'none';
  const { plan, phase, roster } = ceremony;
  switch (phase) {
    case 'finalised':
    case 'aborted':
      return 'ended';
    case 'finalise':
      return roster.some((person) => person.name === name && person.role === 'operator') ? 'finalise' : 'wait';
    case 'give':
    case 'roll-call':
      return holders.includes(name) ? dutyOfHolder(ceremony, phase, name) : 'wait';
    case 'roster':
    case 'commit':
    case 'reveal':
    case 'prove':
      return plan.custodians.includes(name) ? dutyOfCustodian(ceremony, phase, name, hasJoined) : 'wait';
  }
}

function dutyOfHolder({ given, proved }: CeremonyView, phase: 'give' | 'roll-call', name: string): Duty {
  return phase === 'give' ? unless(given, name, 'give') : unless(proved, name, 'prove');
}

function dutyOfCustodian(
  ceremony: CeremonyView,
  phase: 'roster' | 'commit' | 'reveal' | 'prove',
  name: string,
  hasJoined: boolean,
): Duty {
  switch (phase) {
    case 'roster':
      if (!hasJoined) return 'join';
      return everybodyJoined(ceremony) ? unless(ceremony.confirmed, name, 'confirm') : 'wait';
    case 'commit':
      return unless(ceremony.committed, name, 'commit');
    case 'reveal':
      return unless(ceremony.revealed, name, 'reveal');
    case 'prove':
      return ceremony.collected.includes(name) ? unless(ceremony.proved, name, 'prove') : 'collect';
  }
}

function unless(done: readonly string[], name: string, duty: Duty): Duty {
  return done.includes(name) ? 'wait' : duty;
}

function everybodyJoined({ plan, roster }: CeremonyView): boolean {
  return plan.custodians.every((name) => roster.some((person) => person.name === name));
}
