import { createInterface, type Interface } from 'node:readline';
import { Secret } from '@ramz/otp-core';
import type { EntryKind } from './share-entry.ts';
import type { Terminal } from './terminal.ts';
import type { Texts } from './texts.ts';

/** For programs: one JSON object a line out, one line in for each `ask`. */
export class JsonTerminal implements Terminal {
  readonly #lines: AsyncIterator<string>;
  readonly #reader: Interface;

  constructor(input: NodeJS.ReadableStream = process.stdin) {
    this.#reader = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
    this.#lines = this.#reader[Symbol.asyncIterator]();
  }

  say(_lines: readonly string[], event: object): void {
    write(event);
  }

  sayShare(share: Secret, { unit }: EntryKind): void {
    // The one place where a share is asked for as text, by whoever runs this with --json.
    process.stdout.write(
      Buffer.concat([Buffer.from(`{"share":"`), share.expose(), Buffer.from(`","unit":"${unit}"}\n`)]),
    );
  }

  clear(): void {}

  async ask(_prompt: string, what: string): Promise<string> {
    write({ ask: what });
    const { done, value } = await this.#lines.next();
    if (done === true) throw new Error(`the input ended where "${what}" was asked for`);
    return value;
  }

  async askSecret(prompt: string, what: string): Promise<Secret> {
    return Secret.copy(Buffer.from(await this.ask(prompt, what)));
  }

  async askShare(_kind: EntryKind, _texts: Texts, check: (typed: Secret) => string | undefined): Promise<Secret> {
    for (;;) {
      const typed = await this.askSecret('', 'share');
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

function write(event: object): void {
  process.stdout.write(`${JSON.stringify(event)}\n`);
}
