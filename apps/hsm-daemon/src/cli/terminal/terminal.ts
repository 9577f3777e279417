import type { Secret } from '@ramz/otp-core';
import type { EntryKind } from './share-entry.ts';
import type { Texts } from './texts.ts';

/** The person's own terminal, or a program in a person's place. */
export interface Terminal {
  /** Lines for the person; in JSON mode an object for the program. */
  say(lines: readonly string[], event: object): void;
  /** Text of its own that must not stay in a string: it is written and wiped. */
  sayShare(share: Secret, kind: EntryKind): void;
  /** A share that was written down goes from the screen. */
  clear(): void;
  /** One line. `what` names the question for programs. */
  ask(prompt: string, what: string): Promise<string>;
  /** One line that is not shown. */
  askSecret(prompt: string, what: string): Promise<Secret>;
  /** Asks until `check` has nothing to say against it. */
  askShare(kind: EntryKind, texts: Texts, check: (typed: Secret) => string | undefined): Promise<Secret>;
  close(): void;
}
