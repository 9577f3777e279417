import { personFingerprint, type SeatActions } from '@ramz/client';
import { type CeremonyView, CustodyError, type SchemeName, sharingScheme } from '@ramz/custody';
import type { Secret } from '@ramz/otp-core';
import { COMPONENT_ENTRY, type EntryKind, WORD_ENTRY } from '../terminal/share-entry.ts';
import type { Texts } from '../terminal/texts.ts';
import { askYes, type PersonAtTerminal } from './person-options.ts';
import { whileDue } from './while-due.ts';

/** Handles a share in addition to showing it: writes a page to print, if requested. */
export type OnShare = (share: Secret, ceremony: CeremonyView) => Promise<void>;

/** The dialogue with a person at their own terminal. */
export class Table implements SeatActions {
  readonly #person: PersonAtTerminal;
  readonly #onShare: OnShare;

  constructor(person: PersonAtTerminal, onShare: OnShare) {
    this.#person = person;
    this.#onShare = onShare;
  }

  compareRoster(ceremony: CeremonyView): Promise<boolean> {
    const { terminal, texts, line } = this.#person;
    const { plan } = ceremony;
    const roster = ceremony.roster.map((one) => ({ ...one, fingerprint: personFingerprint(one) }));
    terminal.say(
      [
        texts.rosterTitle,
        `  ${texts.rosterOwn}: ${line.keys.fingerprint}`,
        `  ${texts.plan}: ${plan.kind}, ${plan.scheme}, ${plan.threshold}/${plan.custodians.length}: ${plan.custodians.join(', ')}`,
        ...roster.map((one) => `  ${one.fingerprint}  ${one.name}${this.#remarkOn(one, ceremony)}`),
      ],
      { roster: roster.map(({ name, role, fingerprint }) => ({ name, role, fingerprint })), plan },
    );
    return whileDue(line, ceremony, (takenBack) => askYes(terminal, texts, texts.rosterCompare, 'roster', takenBack));
  }

  async writeDown(share: Secret, ceremony: CeremonyView): Promise<void> {
    const { terminal, texts, line } = this.#person;
    terminal.say(['', texts.writeTitle, ...this.#headOfSheet(ceremony)], { write_down: true });
    terminal.sayShare(share, entryOf(ceremony.plan.scheme));
    try {
      await this.#print(share, ceremony);
      await whileDue(line, ceremony, (takenBack) => terminal.ask(texts.writeDone, 'written', takenBack));
    } finally {
      // Also after an abort: the words must not stay on the screen.
      terminal.clear();
    }
  }

  /** Asks until the text is a valid share. Reports errors at once, before anything is sent. */
  async typeShare(scheme: SchemeName, which: 'new' | 'in force', ceremony: CeremonyView): Promise<Secret> {
    const { terminal, texts, line } = this.#person;
    const kind = entryOf(scheme);
    const begins = sharingScheme(scheme).beginning(line.latest?.share_identifier ?? 0);
    const given = `${texts.typeGiven[kind.unit]}${begins}`;
    terminal.say([which === 'new' ? texts.typeNew : given], {
      type_share: which,
      ...(which === 'in force' && { begins }),
    });
    using typed = await whileDue(line, ceremony, (takenBack) =>
      terminal.askShare(kind, texts, (share) => wrongWith(share, scheme, texts), takenBack),
    );
    return sharingScheme(scheme).read(typed);
  }

  /** Returns the lines that identify this sheet, to be copied onto it. */
  #headOfSheet({ id, plan, root_key_kcv: rootKeyKcv }: CeremonyView): string[] {
    const { line, texts } = this.#person;
    return [
      `  ${line.name}, ${plan.kind}, ${plan.scheme} ${plan.threshold}/${plan.custodians.length}, KCV ${rootKeyKcv}`,
      `  ${texts.ceremony} ${id}`,
    ];
  }

  /** Writes the page. A failure is only reported: the words are on the screen. */
  async #print(share: Secret, ceremony: CeremonyView): Promise<void> {
    const { terminal, texts } = this.#person;
    try {
      await this.#onShare(share, ceremony);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      terminal.say([`${texts.notPrinted} ${why}`], { wrong: 'not-printed', message: why });
    }
  }

  #remarkOn({ name, role }: { name: string; role: string }, { plan }: CeremonyView): string {
    const { line, texts } = this.#person;
    if (name === line.name) return texts.rosterYours;
    if (role !== 'custodian') return `, ${role}`;
    return plan.custodians.includes(name) ? '' : texts.rosterLeaves;
  }
}

/** Returns what is wrong with a typed share; undefined when it is valid. */
function wrongWith(typed: Secret, scheme: SchemeName, texts: Texts): string | undefined {
  try {
    sharingScheme(scheme).read(typed).wipe();
    return undefined;
  } catch (error) {
    if (!(error instanceof CustodyError)) throw error;
    if (error.reason === 'checksum-wrong') return texts.wrongIn.word;
    if (error.reason === 'component-check-value-wrong') return texts.wrongIn.group;
    return error.message;
  }
}

function entryOf(scheme: SchemeName): EntryKind {
  return scheme === 'xor' ? COMPONENT_ENTRY : WORD_ENTRY;
}
