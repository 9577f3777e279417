import { setTimeout as sleep } from 'node:timers/promises';
import { CustodyError, type SchemeName, sharingScheme } from '@ramz/custody';
import type { Secret } from '@ramz/otp-core';
import type { Announcement, CeremonyView } from '../../boundary/announcement.ts';
import { personFingerprint } from '../../client/people/person-keys.ts';
import { type AtTheTable, Seat } from '../../client/people/seat.ts';
import { COMPONENT_ENTRY, type EntryKind, WORD_ENTRY } from '../terminal/share-entry.ts';
import { askYes, type PersonAtTerminal } from './person-options.ts';

/** Often enough for people who sit in one room. */
const LOOK_EVERY_MS = 1_000;

/** What happens to a share besides being shown: a page to print, only when it was asked for. */
export type OnShare = (share: Secret, ceremony: CeremonyView) => Promise<void>;

/** A person at their own terminal: what is asked, shown and typed. */
export class Table implements AtTheTable {
  readonly #person: PersonAtTerminal;
  readonly #on_share: OnShare;

  constructor(person: PersonAtTerminal, on_share: OnShare) {
    this.#person = person;
    this.#on_share = on_share;
  }

  compareRoster({ plan, roster }: CeremonyView): Promise<boolean> {
    const { terminal, texts, line } = this.#person;
    const own = line.keys.fingerprint;
    const lines = roster.map((one) => ({ name: one.name, role: one.role, fingerprint: personFingerprint(one) }));
    terminal.say(
      [
        texts.roster_title,
        `  ${texts.roster_own}: ${own}`,
        `  ${texts.plan}: ${plan.kind}, ${plan.scheme}, ${plan.threshold}/${plan.custodians.length}`,
        ...lines.map(
          ({ name, fingerprint }) => `  ${fingerprint}  ${name}${name === line.name ? texts.roster_yours : ''}`,
        ),
      ],
      { roster: lines, plan },
    );
    return askYes(terminal, texts, texts.roster_compare, 'roster');
  }

  async writeDown(share: Secret, ceremony: CeremonyView): Promise<void> {
    const { terminal, texts } = this.#person;
    terminal.say(['', texts.write_title], { write_down: true });
    terminal.sayShare(share, entryOf(ceremony.plan.scheme));
    try {
      await this.#on_share(share, ceremony);
      await terminal.ask(texts.write_done, 'written');
    } finally {
      // Also when it is broken off: the words do not stay behind.
      terminal.clear();
    }
  }

  /** Until it is a share: what is wrong is told at once, and nothing was sent yet. */
  async typeShare(scheme: SchemeName, which: 'new' | 'in force'): Promise<Secret> {
    const { terminal, texts } = this.#person;
    terminal.say([which === 'new' ? texts.type_new : texts.type_given], { type_share: which });
    using typed = await terminal.askShare(entryOf(scheme), texts, (share) => wrongWith(share, scheme));
    return sharingScheme(scheme).read(typed);
  }
}

/** What is wrong with a share as it was typed, before anything is sent. */
function wrongWith(typed: Secret, scheme: SchemeName): string | undefined {
  try {
    sharingScheme(scheme).read(typed).wipe();
    return undefined;
  } catch (error) {
    if (error instanceof CustodyError) return error.message;
    throw error;
  }
}

/**
 * Takes part until the ceremony has ended. Returns how things stand then.
 * @param is_over what else ends it: a ceremony may have ended before this person first looked
 */
export async function attend(
  person: PersonAtTerminal,
  on_share: OnShare,
  is_over: (now: Announcement) => boolean = () => false,
): Promise<Announcement> {
  const { line, terminal } = person;
  const seat = new Seat(line, new Table(person, on_share));
  let told = '';
  let now = await line.look();
  let seen_open = isOpen(now);
  try {
    for (;;) {
      const progress = progressOf(now, person);
      if (progress !== told) terminal.say([progress], eventOf(now));
      told = progress;
      const duty = seat.dutyOf(now);
      if ((duty === 'ended' && seen_open) || is_over(now)) return now;
      if (duty === 'finalise' && !(await agreeToFinalise(person, now))) return now;
      now = ['wait', 'none', 'ended'].includes(duty) ? await laterLook(person) : await serve(seat, now, person);
      seen_open ||= isOpen(now);
    }
  } finally {
    seat.wipe();
  }
}

async function agreeToFinalise({ terminal, texts }: PersonAtTerminal, { ceremony }: Announcement): Promise<boolean> {
  terminal.say([`${texts.kcv}: ${ceremony?.root_key_kcv}`], { kcv: ceremony?.root_key_kcv });
  return askYes(terminal, texts, texts.finalise, 'finalise');
}

/** A refused share is named and typed again; anything else ends the command. */
async function serve(
  seat: Seat,
  now: Announcement,
  { line, terminal, texts }: PersonAtTerminal,
): Promise<Announcement> {
  try {
    return await seat.serve(now);
  } catch (error) {
    if (!(error instanceof Error && 'reason' in error && error.reason === 'SHARE_REFUSED')) throw error;
    terminal.say([`${texts.wrong_share} ${error.message}.`, texts.try_again], {
      wrong: 'share-refused',
      message: error.message,
    });
    return line.look();
  }
}

async function laterLook({ line }: PersonAtTerminal): Promise<Announcement> {
  await sleep(LOOK_EVERY_MS);
  return line.look();
}

function isOpen({ ceremony }: Announcement): boolean {
  return ceremony !== null && ceremony.phase !== 'finalised' && ceremony.phase !== 'aborted';
}

/** One line: what is awaited, how far it is, and whom everybody waits for. */
export function progressOf(now: Announcement, { texts }: Pick<PersonAtTerminal, 'texts'>): string {
  const { ceremony } = now;
  if (ceremony === null) return texts.nothing;
  const { done, wanted } = countOf(now, ceremony);
  const missing = wanted.filter((name) => !done.includes(name));
  const needed = ceremony.phase === 'give' ? now.threshold : wanted.length;
  const count = needed === 0 ? '' : ` (${done.length}/${needed})`;
  const note = ceremony.note === '' ? '' : `: ${ceremony.note}`;
  const whom = missing.length === 0 ? '' : `; ${texts.waiting} ${missing.join(', ')}`;
  return `[${ceremony.plan.kind}] ${texts.phases[ceremony.phase]}${count}${note}${whom}`;
}

function countOf(
  { holders }: Announcement,
  ceremony: CeremonyView,
): { done: readonly string[]; wanted: readonly string[] } {
  const { plan } = ceremony;
  switch (ceremony.phase) {
    case 'roster':
      return { done: ceremony.confirmed, wanted: plan.custodians };
    case 'commit':
      return { done: ceremony.committed, wanted: plan.custodians };
    case 'reveal':
      return { done: ceremony.revealed, wanted: plan.custodians };
    case 'give':
      return { done: ceremony.given, wanted: holders };
    case 'prove':
      return { done: ceremony.proved, wanted: plan.custodians };
    case 'roll-call':
      return { done: ceremony.proved, wanted: holders };
    case 'finalise':
    case 'finalised':
    case 'aborted':
      return { done: [], wanted: [] };
  }
}

function eventOf({ state, ceremony }: Announcement): object {
  if (ceremony === null) return { state, ceremony: null };
  const { id, plan, phase, note, root_key_kcv, roster: _roster, ...rest } = ceremony;
  return {
    state,
    ceremony: {
      id,
      kind: plan.kind,
      phase,
      note,
      root_key_kcv,
      confirmed: rest.confirmed,
      given: rest.given,
      proved: rest.proved,
    },
  };
}

function entryOf(scheme: SchemeName): EntryKind {
  return scheme === 'xor' ? COMPONENT_ENTRY : WORD_ENTRY;
}
