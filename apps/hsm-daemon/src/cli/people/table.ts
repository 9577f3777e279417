import { CustodyError, type SchemeName, sharingScheme } from '@ramz/custody';
import type { Secret } from '@ramz/otp-core';
import type { CeremonyView } from '../../boundary/announcement.ts';
import { personFingerprint } from '../../client/people/person-keys.ts';
import type { AtTheTable } from '../../client/people/seat.ts';
import { COMPONENT_ENTRY, type EntryKind, WORD_ENTRY } from '../terminal/share-entry.ts';
import type { Texts } from '../terminal/texts.ts';
import { askYes, type PersonAtTerminal } from './person-options.ts';
import { whileDue } from './while-due.ts';

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

  compareRoster(ceremony: CeremonyView): Promise<boolean> {
    const { terminal, texts, line } = this.#person;
    const { plan } = ceremony;
    const roster = ceremony.roster.map((one) => ({ ...one, fingerprint: personFingerprint(one) }));
    terminal.say(
      [
        texts.roster_title,
        `  ${texts.roster_own}: ${line.keys.fingerprint}`,
        `  ${texts.plan}: ${plan.kind}, ${plan.scheme}, ${plan.threshold}/${plan.custodians.length}: ${plan.custodians.join(', ')}`,
        ...roster.map((one) => `  ${one.fingerprint}  ${one.name}${this.#remarkOn(one, ceremony)}`),
      ],
      { roster: roster.map(({ name, role, fingerprint }) => ({ name, role, fingerprint })), plan },
    );
    return whileDue(line, ceremony, (taken_back) =>
      askYes(terminal, texts, texts.roster_compare, 'roster', taken_back),
    );
  }

  async writeDown(share: Secret, ceremony: CeremonyView): Promise<void> {
    const { terminal, texts, line } = this.#person;
    terminal.say(['', texts.write_title, ...this.#headOfSheet(ceremony)], { write_down: true });
    terminal.sayShare(share, entryOf(ceremony.plan.scheme));
    try {
      await this.#print(share, ceremony);
      await whileDue(line, ceremony, (taken_back) => terminal.ask(texts.write_done, 'written', taken_back));
    } finally {
      // Also when it is broken off: the words do not stay behind.
      terminal.clear();
    }
  }

  /** Until it is a share: what is wrong is told at once, and nothing was sent yet. */
  async typeShare(scheme: SchemeName, which: 'new' | 'in force', ceremony: CeremonyView): Promise<Secret> {
    const { terminal, texts, line } = this.#person;
    const kind = entryOf(scheme);
    const begins = sharingScheme(scheme).beginning(line.latest?.share_identifier ?? 0);
    const given = `${texts.type_given[kind.unit]}${begins}`;
    terminal.say([which === 'new' ? texts.type_new : given], {
      type_share: which,
      ...(which === 'in force' && { begins }),
    });
    using typed = await whileDue(line, ceremony, (taken_back) =>
      terminal.askShare(kind, texts, (share) => wrongWith(share, scheme, texts), taken_back),
    );
    return sharingScheme(scheme).read(typed);
  }

  /** What tells this sheet from every other: to be copied onto it. */
  #headOfSheet({ id, plan, root_key_kcv }: CeremonyView): string[] {
    const { line, texts } = this.#person;
    return [
      `  ${line.name}, ${plan.kind}, ${plan.scheme} ${plan.threshold}/${plan.custodians.length}, KCV ${root_key_kcv}`,
      `  ${texts.ceremony} ${id}`,
    ];
  }

  /** A page that cannot be written costs nothing: the words are on the screen. */
  async #print(share: Secret, ceremony: CeremonyView): Promise<void> {
    const { terminal, texts } = this.#person;
    try {
      await this.#on_share(share, ceremony);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      terminal.say([`${texts.not_printed} ${why}`], { wrong: 'not-printed', message: why });
    }
  }

  #remarkOn({ name, role }: { name: string; role: string }, { plan }: CeremonyView): string {
    const { line, texts } = this.#person;
    if (name === line.name) return texts.roster_yours;
    if (role !== 'custodian') return `, ${role}`;
    return plan.custodians.includes(name) ? '' : texts.roster_leaves;
  }
}

/** What is wrong with a share as it was typed, before anything is sent. */
function wrongWith(typed: Secret, scheme: SchemeName, texts: Texts): string | undefined {
  try {
    sharingScheme(scheme).read(typed).wipe();
    return undefined;
  } catch (error) {
    if (!(error instanceof CustodyError)) throw error;
    if (error.reason === 'checksum-wrong') return texts.wrong_in.word;
    if (error.reason === 'component-check-value-wrong') return texts.wrong_in.group;
    return error.message;
  }
}

function entryOf(scheme: SchemeName): EntryKind {
  return scheme === 'xor' ? COMPONENT_ENTRY : WORD_ENTRY;
}
