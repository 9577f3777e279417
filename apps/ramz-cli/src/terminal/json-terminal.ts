import { createInterface, type Interface } from 'node:readline';
import { printableJson } from '@ramz/custody';
import { Secret } from '@ramz/otp-core';
import type { EntryKind } from './share-entry.ts';
import { NoLongerAsked, type Terminal } from './terminal.ts';
import type { Texts } from './texts.ts';

/** A terminal for programs: writes one JSON object per line, reads one line for each `ask`. */
export class JsonTerminal implements Terminal {
  readonly #lines: AsyncIterator<string>;
  readonly #reader: Interface;
  // The pending read of a withdrawn question: its line answers the next question.
  #waiting: Promise<IteratorResult<string>> | undefined;

  constructor(input: NodeJS.ReadableStream = process.stdin) {
    this.#reader = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
    this.#lines = this.#reader[Symbol.asyncIterator]();
  }

  say(_lines: readonly string[], event: object): void {
    write(event);
  }

  read(_lines: readonly string[], event: object): Promise<void> {
    write(event);
    return Promise.resolve();
  }

  sayShare(share: Secret, { unit }: EntryKind): void {
    // The only place that writes a share as text, to a program that was run with --json.
    process.stdout.write(
      Buffer.concat([Buffer.from(`{"share":"`), share.expose(), Buffer.from(`","unit":"${unit}"}\n`)]),
    );
  }

  clear(): void {}

  async ask(_prompt: string, what: string, cancelled?: AbortSignal): Promise<string> {
    write({ ask: what });
    this.#waiting ??= this.#lines.next();
    const next = await Promise.race([this.#waiting, takenBack(cancelled)]);
    if (next === undefined) {
      write({ taken_back: what });
      throw new NoLongerAsked();
    }
    this.#waiting = undefined;
    if (next.done === true) throw new Error(`the input ended before "${what}" was answered`);
    return next.value;
  }

  settle(): Promise<void> {
    return Promise.resolve();
  }

  async askSecret(prompt: string, what: string, cancelled?: AbortSignal): Promise<Secret> {
    return Secret.copy(Buffer.from(await this.ask(prompt, what, cancelled)));
  }

  async askShare(
    _kind: EntryKind,
    _texts: Texts,
    check: (typed: Secret) => string | undefined,
    cancelled?: AbortSignal,
  ): Promise<Secret> {
    for (;;) {
      const typed = await this.askSecret('', 'share', cancelled);
      const wrong = check(typed);
      if (wrong === undefined) return typed;
      typed.wipe();
      write({ wrong });
    }
  }

  close(): void {
    this.#reader.close();
  }
}

function takenBack(signal: AbortSignal | undefined): Promise<undefined> {
  return new Promise((resolve) => {
    if (signal?.aborted === true) resolve(undefined);
    else signal?.addEventListener('abort', () => resolve(undefined), { once: true });
  });
}

function write(event: object): void {
  process.stdout.write(`${printableJson(event)}\n`);
}
