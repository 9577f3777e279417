import type { Secret } from '@ramz/otp-core';
import type { EntryKind } from './share-entry.ts';
import type { Texts } from './texts.ts';

/** The ceremony went on or ended while a question was open: the answer is not wanted any more. */
export class NoLongerAsked extends Error {
  constructor() {
    super('the question is not asked any more');
    this.name = 'NoLongerAsked';
  }
}

/**
 * The person's own terminal, or a program in a person's place. Where a question takes a signal, it is taken
 * back when the signal comes: the promise is rejected with `NoLongerAsked`.
 */
export interface Terminal {
  /** Lines for the person; in JSON mode an object for the program. */
  say(lines: readonly string[], event: object): void;
  /** Lines to be read before a question on them: a screen at a time. */
  read(lines: readonly string[], event: object, more: string): Promise<void>;
  /** Text of its own that must not stay in a string: it is written and wiped. */
  sayShare(share: Secret, kind: EntryKind): void;
  /** A share that was written down goes from the screen. */
  clear(): void;
  /** One line. `what` names the question for programs. */
  ask(prompt: string, what: string, takenBack?: AbortSignal): Promise<string>;
  /** One line that is not shown. */
  askSecret(prompt: string, what: string): Promise<Secret>;
  /**
   * After a question was taken back: what the person goes on typing is swallowed until Enter. It may be a share, and the
   * next thing on this terminal may be a shell that keeps what is typed. Programs type nothing.
   */
  settle(text: string): Promise<void>;
  /** Asks until `check` has nothing to say against it. */
  askShare(
    kind: EntryKind,
    texts: Texts,
    check: (typed: Secret) => string | undefined,
    takenBack?: AbortSignal,
  ): Promise<Secret>;
  close(): void;
}
