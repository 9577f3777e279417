import type { Secret } from '@ramz/otp-core';
import type { EntryKind } from './share-entry.ts';
import type { Texts } from './texts.ts';

/** The ceremony advanced or ended while a question was open: the answer is no longer needed. */
export class NoLongerAsked extends Error {
  constructor() {
    super('the question is no longer asked');
    this.name = 'NoLongerAsked';
  }
}

/**
 * A person's own terminal, or a program in a person's place. Aborting the signal of a question
 * withdraws the question: its promise rejects with `NoLongerAsked`.
 */
export interface Terminal {
  /** Shows lines to the person; in JSON mode writes an object for the program. */
  say(lines: readonly string[], event: object): void;
  /** Shows lines to be read before a question about them, one screen at a time. */
  read(lines: readonly string[], event: object, more: string): Promise<void>;
  /** Shows a share, whose text must never be a string. The caller wipes it. */
  sayShare(share: Secret, kind: EntryKind): void;
  /** Removes a share from the screen. */
  clear(): void;
  /** Asks for one line. `what` names the question for programs. */
  ask(prompt: string, what: string, takenBack?: AbortSignal): Promise<string>;
  /** Asks for one line without echoing it. */
  askSecret(prompt: string, what: string): Promise<Secret>;
  /**
   * Discards input until Enter, after a question was withdrawn. The person may still be typing a
   * share, and the next reader of this terminal may be a shell that records it. Does nothing for
   * programs.
   */
  settle(text: string): Promise<void>;
  /** Asks for a share until `check` returns no error. */
  askShare(
    kind: EntryKind,
    texts: Texts,
    check: (typed: Secret) => string | undefined,
    takenBack?: AbortSignal,
  ): Promise<Secret>;
  close(): void;
}
