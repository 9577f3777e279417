import { createInterface, type Interface } from 'node:readline';
import { printableJson } from '@ramz/custody';
import { Secret } from '@ramz/otp-core';
import type { EntryKind } from './share-entry.ts';
import { NoLongerAsked, type Terminal } from './terminal.ts';
import type { Texts } from './texts.ts';

/** For programs: one JSON object a line out, one line in for each `ask`. */
export class JsonTerminal implements Terminal {
  readonly #lines: AsyncIterator<string>;
  readonly #reader: Interface;
  // A line that was waited for when its question was taken back answers the next one.
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
    // The one place where a share is asked for as text, by whoever runs this with --json.
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
    if (next.done === true) throw new Error(`the input ended where "${what}" was asked for`);
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
