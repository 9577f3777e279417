import { setTimeout as sleep } from 'node:timers/promises';
import { CallRefused, Seat } from '@ramz/client';
import type { Announcement } from '@ramz/custody';
import { NoLongerAsked } from '../terminal/terminal.ts';
import { askYes, type PersonAtTerminal } from './person-options.ts';
import { isOpen, progressEvent, progressOf } from './progress.ts';
import { type OnShare, Table } from './table.ts';
import { LOOK_EVERY_MS } from './while-due.ts';

/**
 * Takes part until the ceremony has ended; waits for one when none is open.
 * @param isOver another condition to stop: a ceremony may have ended before this person first
 * looked
 * @returns the last announcement
 */
export async function attend(
  person: PersonAtTerminal,
  onShare: OnShare,
  isOver: (now: Announcement) => boolean = () => false,
): Promise<Announcement> {
  const seat = new Seat(person.line, new Table(person, onShare));
  try {
    return await untilEnded(seat, person, isOver);
  } finally {
    seat.wipe();
  }
}

async function untilEnded(
  seat: Seat,
  person: PersonAtTerminal,
  isOver: (now: Announcement) => boolean,
): Promise<Announcement> {
  const tell = teller(person);
  let now = await person.line.look();
  let seenOpen = isOpen(now);
  for (;;) {
    tell(now, seenOpen);
    const duty = seat.dutyOf(now);
    if ((duty === 'ended' && seenOpen) || isOver(now)) return now;
    if (seenOpen && now.ceremony === null) return lost(person, now);
    if (duty === 'finalise' && !(await agreeToFinalise(person, now))) return now;
    now = ['wait', 'none', 'ended'].includes(duty) ? await laterLook(person) : await serve(seat, now, person);
    seenOpen ||= isOpen(now);
  }
}

/** Returns a function that shows changed progress, and that the next ceremony is awaited. */
function teller({ terminal, texts, line }: PersonAtTerminal): (now: Announcement, seenOpen: boolean) => void {
  let told = '';
  return (now, seenOpen) => {
    const progress = progressOf(now, texts, line.name);
    if (progress === told) return;
    told = progress;
    terminal.say([progress], progressEvent(now));
    if (seenOpen || now.ceremony === null) return;
    const tookPart = now.ceremony.roster.some(({ name }) => name === line.name);
    terminal.say([texts.overBefore, ...(tookPart ? [texts.signLater] : [])], { waits: true });
  };
}

function lost({ terminal, texts }: PersonAtTerminal, now: Announcement): Announcement {
  terminal.say([texts.restarted, texts.voidSheets], { restarted: true });
  return now;
}

async function agreeToFinalise({ terminal, texts }: PersonAtTerminal, { ceremony }: Announcement): Promise<boolean> {
  terminal.say([`${texts.kcv}: ${ceremony?.root_key_kcv}`], { kcv: ceremony?.root_key_kcv });
  return askYes(terminal, texts, texts.finalise, 'finalise');
}

/** Serves one duty. A rejected share is reported and typed again; a withdrawn question ends. */
async function serve(seat: Seat, now: Announcement, person: PersonAtTerminal): Promise<Announcement> {
  const { line, terminal, texts } = person;
  try {
    return await seat.serve(now);
  } catch (error) {
    if (error instanceof CallRefused && error.code === 'UNAVAILABLE') await settle(person, texts.daemonLost);
    if (error instanceof NoLongerAsked) await settle(person, texts.noLongerAsked);
    else if (isRefusedShare(error))
      terminal.say([`${texts.wrongShare} ${error.message}.`, texts.tryAgain], {
        wrong: 'share-refused',
        message: error.message,
      });
    else throw error;
    return line.look();
  }
}

/** Waits for Enter: a person who is typing a share must not continue in a shell. */
async function settle({ terminal, texts }: PersonAtTerminal, why: string): Promise<void> {
  terminal.say([why], { no_longer_asked: true });
  await terminal.settle(texts.pressEnter);
}

function isRefusedShare(error: unknown): error is Error {
  return error instanceof Error && 'reason' in error && error.reason === 'SHARE_REFUSED';
}

async function laterLook({ line }: PersonAtTerminal): Promise<Announcement> {
  await sleep(LOOK_EVERY_MS);
  return line.look();
}
