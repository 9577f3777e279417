import { Secret, secretBytes } from '@ramz/otp-core';
import { type EntryKey, type EntryKind, isComplete, newEntry, press, type ShareEntry } from './share-entry.ts';
import type { Terminal } from './terminal.ts';
import type { Texts } from './texts.ts';

const CTRL_C = '\u0003';
const CTRL_D = '\u0004';
const LINE_CHARS_MAX = 512;
const WORDS_A_LINE = 4;

/** Somebody pressed Ctrl-C at a question. */
export class Interrupted extends Error {
  constructor() {
    super(
      'broken off at the terminal; the ceremony goes on without this screen, and this command can be started again',
    );
    this.name = 'Interrupted';
  }
}

/** A terminal of 80 columns and 24 lines, with or without colour. Nothing typed as a secret is echoed. */
export class TtyTerminal implements Terminal {
  readonly #in: NodeJS.ReadStream;
  readonly #out: NodeJS.WritableStream;
  #typed_ahead: string[] = [];

  constructor(input: NodeJS.ReadStream = process.stdin, output: NodeJS.WritableStream = process.stdout) {
    this.#in = input;
    this.#out = output;
  }

  say(lines: readonly string[]): void {
    this.#out.write(`${lines.join('\n')}\n`);
  }

  sayShare(share: Secret, kind: EntryKind): void {
    const rows = share.expose();
    let unit = 0;
    let from = 0;
    // Numbered, in columns: a word is found again, and a slip of the eye is seen.
    for (let at = 0; at <= rows.length; at++) {
      if (at < rows.length && rows[at] !== 0x20) continue;
      unit += 1;
      this.#out.write(`${String(unit).padStart(3)} `);
      this.#out.write(Buffer.from(rows.slice(from, at)));
      this.#out.write(' '.repeat(Math.max(1, 13 - (at - from))));
      if (unit % WORDS_A_LINE === 0 || unit === kind.count) this.#out.write('\n');
      from = at + 1;
    }
  }

  clear(): void {
    // The screen, and what scrolled off it.
    this.#out.write('\u001b[2J\u001b[3J\u001b[H');
  }

  async ask(prompt: string): Promise<string> {
    this.#out.write(prompt);
    let line = '';
    for await (const key of this.#keys()) {
      if (key === '\r' || key === '\n') break;
      if (key === '\u007f' || key === '\b') {
        if (line !== '') this.#out.write('\b \b');
        line = line.slice(0, -1);
      } else if (key >= ' ' && line.length < LINE_CHARS_MAX) {
        line += key;
        this.#out.write(key);
      }
    }
    this.#out.write('\n');
    return line;
  }

  async askSecret(prompt: string): Promise<Secret> {
    this.#out.write(prompt);
    const bytes = secretBytes(LINE_CHARS_MAX * 4);
    // One entry a character, so that Backspace takes back a whole one.
    const ends = [0];
    for await (const key of this.#keys()) {
      const end = ends.at(-1) ?? 0;
      if (key === '\r' || key === '\n') break;
      if (key === '\u007f' || key === '\b') {
        if (ends.length > 1) ends.pop();
      } else if (key >= ' ' && ends.length < LINE_CHARS_MAX) {
        ends.push(end + Buffer.from(bytes.buffer).write(key, end));
      }
    }
    this.#out.write('\n');
    const secret = Secret.copy(bytes.subarray(0, ends.at(-1)));
    bytes.fill(0);
    return secret;
  }

  async askShare(kind: EntryKind, texts: Texts, check: (typed: Secret) => string | undefined): Promise<Secret> {
    this.#out.write(`(${texts.type_help})\n`);
    let units = await this.#typeUnits(kind, texts, 1, kind.count);
    for (;;) {
      const typed = Secret.copy(Buffer.from(units.join(' ')));
      const wrong = check(typed);
      if (wrong === undefined) return typed;
      typed.wipe();
      this.#out.write(`${texts.wrong_share} ${wrong}.\n`);
      units = await this.#typeAgain(units, kind, texts);
    }
  }

  /** One word that was misread need not cost all of them. */
  async #typeAgain(units: readonly string[], kind: EntryKind, texts: Texts): Promise<readonly string[]> {
    const place = Number(await this.ask(texts.which_again));
    if (!(place >= 1 && place <= kind.count)) return this.#typeUnits(kind, texts, 1, kind.count);
    return units.toSpliced(place - 1, 1, ...(await this.#typeUnits(kind, texts, place, place)));
  }

  async #typeUnits(kind: EntryKind, texts: Texts, first: number, last: number): Promise<readonly string[]> {
    let entry = newEntry({ ...kind, count: last - first + 1 });
    this.#draw(entry, first, kind.count, texts.no_such_word);
    for await (const key of this.#keys()) {
      entry = press(entry, entryKey(key));
      this.#draw(entry, first, kind.count, texts.no_such_word);
      if (isComplete(entry)) break;
    }
    // What was typed too much is not an answer to the next question.
    this.#typed_ahead = [];
    this.#out.write('\n');
    return entry.units;
  }

  close(): void {
    this.#in.pause();
  }

  /** One line that is drawn again and again: which unit, what is typed (masked), how many units begin so. */
  #draw({ kind, units, typed, is_shown, note }: ShareEntry, first: number, of: number, wrong: string): void {
    const place = Math.min(first + units.length, of);
    const bar = '#'.repeat(Math.round((units.length / kind.count) * 20)).padEnd(20, '.');
    const shown = is_shown ? `${units.at(-1) ?? ''} ${typed}` : '*'.repeat(typed.length);
    const fits = kind.unit === 'word' && typed !== '' ? ` (${kind.complete(typed).length})` : '';
    const note_text = note === 'no-such-word' ? `  ${wrong}` : '';
    const line = ` [${bar}] ${String(place).padStart(2)}/${of}  ${shown}${fits}${note_text}`;
    this.#out.write(`\r${line.slice(0, 79).padEnd(79)}\r`);
  }

  async *#keys(): AsyncGenerator<string> {
    this.#in.setRawMode?.(true);
    this.#in.resume();
    try {
      for (;;) {
        for (let key = this.#typed_ahead.shift(); key !== undefined; key = this.#typed_ahead.shift()) {
          if (key === CTRL_C || key === CTRL_D) throw new Interrupted();
          yield key;
        }
        this.#typed_ahead.push(...(await this.#nextKeys()));
      }
    } finally {
      this.#in.setRawMode?.(false);
      this.#in.pause();
    }
  }

  #nextKeys(): Promise<string[]> {
    return new Promise((resolve, reject) => {
      const ended = () => reject(new Interrupted());
      this.#in.once('end', ended);
      this.#in.once('data', (chunk: Buffer | string) => {
        this.#in.off('end', ended);
        const text = chunk.toString();
        // Arrow keys and the like come as one sequence and mean nothing here.
        resolve(text.startsWith('\u001b') ? [] : Array.from(text));
      });
    });
  }
}

function entryKey(key: string): EntryKey {
  if (key === '\r' || key === '\n' || key === '\t') return 'enter';
  if (key === '\u007f' || key === '\b') return 'backspace';
  if (key === '\u0015') return 'clear';
  if (key === '?') return 'show';
  return { letter: key };
}
