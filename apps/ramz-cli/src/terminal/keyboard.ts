import { createInterface, type Interface } from 'node:readline';

/** Asks for lines at a terminal, or reads them from a pipe. Prompts go to standard error. */
export class Keyboard {
  readonly #reader: Interface;
  readonly #lines: AsyncIterator<string>;

  constructor(input: NodeJS.ReadableStream = process.stdin) {
    this.#reader = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
    this.#lines = this.#reader[Symbol.asyncIterator]();
  }

  /** @throws Error when the input has ended */
  async ask(prompt: string): Promise<string> {
    process.stderr.write(prompt);
    const { value, done } = await this.#lines.next();
    if (done === true) throw new Error(`the input ended before this was answered: ${prompt.trim()}`);
    return value;
  }

  close(): void {
    this.#reader.close();
  }
}
