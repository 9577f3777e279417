import { once } from 'node:events';
import { printableText } from '@ramz/custody';
import { Secret, secretBytes } from '@ramz/otp-core';
import { isLeftBehind } from './left-behind.ts';
import { type EntryKey, type EntryKind, isComplete, newEntry, press, type ShareEntry } from './share-entry.ts';
import { NoLongerAsked, type Terminal } from './terminal.ts';
import type { Texts } from './texts.ts';
import { shownOn } from './wrap-line.ts';

const CTRL_C = '\u0003';
const CTRL_D = '\u0004';
const LINE_CHARS_MAX = 512;
const WORDS_A_LINE = 4;
const BAR_CHARS = 12;
const PARENT_LOOK_MS = 200;
/** Signals that end a process on request or when its terminal closes. */
const ENDS = ['SIGTERM', 'SIGHUP', 'SIGINT'] as const;

/** The person ended the input at a question, such as with Ctrl-C. */
export class Interrupted extends Error {
  constructor() {
    super('interrupted at the terminal; statements already sent are not withdrawn, and this command can be run again');
    this.name = 'Interrupted';
  }
}

/** A terminal of 80 columns and 24 lines, with or without color. Never echoes a passphrase. */
export class TtyTerminal implements Terminal {
  readonly #in: NodeJS.ReadStream;
  readonly #out: NodeJS.WritableStream & {
    readonly isTTY?: boolean;
    readonly columns?: number;
    readonly rows?: number;
  };
  // Set while a share is on the screen: any end of this process must clear it.
  #watch: NodeJS.Timeout | undefined;
  readonly #onSignal = (signal: NodeJS.Signals) => {
    this.clear();
    process.kill(process.pid, signal);
  };
  #typedAhead: string[] = [];

  constructor(input: NodeJS.ReadStream = process.stdin, output: NodeJS.WritableStream = process.stdout) {
    this.#in = input;
    this.#out = output;
  }

  say(lines: readonly string[]): void {
    this.#out.write(`${shownOn(this.#out, lines)}\n`);
  }

  async read(lines: readonly string[], _event: object, more: string): Promise<void> {
    const shown = shownOn(this.#out, lines).split('\n');
    const atOnce = this.#out.isTTY === true ? Math.max(4, (this.#out.rows ?? 24) - 2) : shown.length;
    for (let from = 0; from < shown.length; from += atOnce) {
      this.#out.write(`${shown.slice(from, from + atOnce).join('\n')}\n`);
      if (from + atOnce < shown.length) await this.ask(more);
    }
  }

  sayShare(share: Secret, kind: EntryKind): void {
    for (const signal of ENDS) process.once(signal, this.#onSignal);
    this.#watch = this.#watchParent();
    const rows = share.expose();
    let unit = 0;
    let from = 0;
    // Numbered columns make it easy to find a word again and to notice a skipped one.
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
    for (const signal of ENDS) process.off(signal, this.#onSignal);
    clearInterval(this.#watch);
    // Clears the screen and the scrollback.
    this.#out.write('\u001b[2J\u001b[3J\u001b[H');
  }

  /** Clears the share when a killed `npx` orphans this process: the next user must not see it. */
  #watchParent(): NodeJS.Timeout {
    const parent = process.ppid;
    const look = () => {
      if (isLeftBehind(parent)) this.#onSignal('SIGTERM');
    };
    return setInterval(look, PARENT_LOOK_MS).unref();
  }

  async ask(prompt: string, _what = '', takenBack?: AbortSignal): Promise<string> {
    this.#out.write(printableText(prompt));
    let line = '';
    for await (const key of this.#keys(takenBack)) {
      if (key === '\r' || key === '\n') break;
      if (key === '\u0015') {
        this.#out.write('\b \b'.repeat(line.length));
        line = '';
      } else if (key === '\u007f' || key === '\b') {
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

  async settle(text: string): Promise<void> {
    (await this.askSecret(text)).wipe();
  }

  async askSecret(prompt: string): Promise<Secret> {
    this.#out.write(printableText(prompt));
    const bytes = secretBytes(LINE_CHARS_MAX * 4);
    // One entry per character, so that Backspace removes a whole one.
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

  async askShare(
    kind: EntryKind,
    texts: Texts,
    check: (typed: Secret) => string | undefined,
    takenBack?: AbortSignal,
  ): Promise<Secret> {
    this.#out.write(`(${texts.typeHelp[kind.unit]})\n`);
    const asked = { kind, texts, takenBack };
    let units = await this.#typeUnits(asked, newEntry(kind), 0);
    for (;;) {
      const typed = Secret.copy(Buffer.from(units.join(' ')));
      const wrong = check(typed);
      if (wrong === undefined) return typed;
      typed.wipe();
      this.say([`${texts.wrongShare} ${wrong}.`]);
      units = await this.#typeAgain(units, asked);
    }
  }

  /** Asks for one unit again, or for all: one misread word must not cost the whole share. */
  async #typeAgain(units: readonly string[], asked: ShareQuestion): Promise<readonly string[]> {
    const { kind, texts, takenBack } = asked;
    for (;;) {
      const question = texts.whichAgain[kind.unit].replace('#', String(kind.count));
      const answer = asciiDigits((await this.ask(question, '', takenBack)).trim());
      if (answer === '') return this.#typeUnits(asked, newEntry(kind), 0);
      const place = /^[0-9]{1,2}$/.test(answer) ? Number(answer) : 0;
      if (place < 1 || place > kind.count) continue;
      const [unit = ''] = await this.#typeUnits(asked, newEntry({ ...kind, count: 1 }), place);
      return units.toSpliced(place - 1, 1, unit);
    }
  }

  /** @param place number of the unit to type again; 0 for all of them */
  async #typeUnits(
    { kind, texts, takenBack }: ShareQuestion,
    empty: ShareEntry,
    place: number,
  ): Promise<readonly string[]> {
    let entry = empty;
    const draw = () => this.#draw(entry, place, kind.count, texts);
    draw();
    for await (const key of this.#keys(takenBack)) {
      entry = press(entry, entryKey(key));
      draw();
      if (isComplete(entry)) break;
    }
    // The completed entry must not stay visible.
    entry = { ...entry, isShown: false };
    draw();
    // Extra keystrokes must not answer the next question.
    this.#typedAhead = [];
    this.#out.write('\n');
    return entry.units;
  }

  close(): void {
    this.#in.pause();
  }

  /** Redraws one line: the unit's place, its letters (masked), how many units begin with them. */
  #draw({ kind, units, typed, isShown, note }: ShareEntry, again: number, of: number, texts: Texts): void {
    const place = again > 0 ? again : Math.min(1 + units.length, of);
    const bar = '#'.repeat(Math.round((units.length / of) * BAR_CHARS)).padEnd(BAR_CHARS, '.');
    const done = again > 0 ? '' : `[${bar}] `;
    const shown = isShown ? `${units.at(-1) ?? ''} ${typed}  ${texts.shown}` : '*'.repeat(typed.length);
    const fits = kind.unit === 'word' && typed !== '' ? ` (${kind.complete(typed).length})` : '';
    const notes: Partial<Record<typeof note, string>> = {
      'no-such': texts.noSuch[kind.unit],
      ambiguous: texts.ambiguous,
    };
    const noteText = notes[note] === undefined ? '' : `  ${notes[note]}`;
    const line = ` ${done}${String(place).padStart(2)}/${of}  ${shown}${fits}${noteText}`;
    this.#out.write(`\r${line.slice(0, 79).padEnd(79)}\r`);
  }

  async *#keys(takenBack?: AbortSignal): AsyncGenerator<string> {
    this.#in.setRawMode?.(true);
    this.#in.resume();
    try {
      for (;;) {
        for (let key = this.#typedAhead.shift(); key !== undefined; key = this.#typedAhead.shift()) {
          if (key === CTRL_C || key === CTRL_D) this.#breakOff(new Interrupted());
          yield key;
        }
        this.#typedAhead.push(...(await this.#nextKeys(takenBack)));
      }
    } finally {
      this.#in.setRawMode?.(false);
      this.#in.pause();
    }
  }

  /** Ends the line before it throws, so that the next output starts a new one. */
  #breakOff(why: Error): never {
    this.#out.write('\n');
    throw why;
  }

  async #nextKeys(takenBack?: AbortSignal): Promise<string[]> {
    const listening = new AbortController();
    const signal = takenBack === undefined ? listening.signal : AbortSignal.any([takenBack, listening.signal]);
    try {
      const ended = once(this.#in, 'end', { signal }).then(() => undefined);
      const [chunk] = (await Promise.race([once(this.#in, 'data', { signal }), ended])) ?? [];
      if (chunk === undefined) return this.#breakOff(new Interrupted());
      const text = String(chunk);
      // Arrow keys and the like arrive as one escape sequence, and are ignored.
      return text.startsWith('\u001b') ? [] : Array.from(text);
    } catch (error) {
      if (takenBack?.aborted === true) return this.#breakOff(new NoLongerAsked());
      throw error;
    } finally {
      listening.abort();
    }
  }
}

interface ShareQuestion {
  readonly kind: EntryKind;
  readonly texts: Texts;
  readonly takenBack: AbortSignal | undefined;
}

/** Replaces Persian and Arabic digits, as keyboards type them, with ASCII digits. */
function asciiDigits(text: string): string {
  return text.replace(/[\u06f0-\u06f9\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) & 0xf));
}

function entryKey(key: string): EntryKey {
  if (key === '\r' || key === '\n' || key === '\t') return 'enter';
  if (key === '\u007f' || key === '\b') return 'backspace';
  if (key === '\u0015') return 'clear';
  if (key === '?') return 'show';
  return { letter: key };
}
