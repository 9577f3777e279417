import { PassThrough } from 'node:stream';
import { Secret } from '@ramz/otp-core';
import { describe, expect, it } from 'vitest';
import { COMPONENT_ENTRY, WORD_ENTRY } from './share-entry.ts';
import { NoLongerAsked } from './terminal.ts';
import { textsIn } from './texts.ts';
import { Interrupted, TtyTerminal } from './tty-terminal.ts';

/** Returns a terminal, a function that presses its keys, and one that reads its screen. */
function terminal() {
  const keys = new PassThrough();
  const out = new PassThrough();
  let screen = '';
  out.on('data', (text) => (screen += String(text)));
  const press = async (...texts: readonly string[]) => {
    for (const text of texts) {
      keys.write(text);
      await new Promise((turn) => setImmediate(turn));
    }
  };
  return { tty: new TtyTerminal(keys as unknown as NodeJS.ReadStream, out), press, screen: () => screen };
}
const text = (secret: Secret) => Buffer.from(secret.expose()).toString();

describe('the terminal', () => {
  it('does not echo a passphrase; Backspace removes a whole letter, even one of two bytes', async () => {
    const { tty, press, screen } = terminal();
    const asked = tty.askSecret('passphrase: ');
    await press('rم', '\u007f', 'amz', '\r');
    expect(text(await asked)).toBe('ramz');
    expect(screen()).toBe('passphrase: \n');
  });

  it('masks a share, and lets one word of a wrong share be typed again', async () => {
    const { tty, press, screen } = terminal();
    const right = Array.from({ length: 33 }, () => 'acid')
      .with(4, 'acne')
      .join(' ');
    const asked = tty.askShare(WORD_ENTRY, textsIn('en'), (typed) =>
      text(typed) === right ? undefined : 'a word is wrong',
    );
    await press('acid '.repeat(33), '5\r', 'acne ');
    expect(text(await asked)).toBe(right);
    expect(screen()).not.toContain('acid');
    expect(screen()).toContain('a word is wrong');
    for (const line of screen().split(/[\r\n]/)) expect(line.length).toBeLessThanOrEqual(80);
  });

  it('shows a share in numbered columns of 80, without color', () => {
    const { tty, screen } = terminal();
    tty.sayShare(Secret.copy(Buffer.from('academic '.repeat(33).trim())), WORD_ENTRY);
    expect(screen().trimEnd().split('\n')).toHaveLength(9);
    for (const line of screen().split('\n')) expect(line.length).toBeLessThanOrEqual(80);
    expect(screen()).not.toContain('\u001b');
  });

  it('ends a question with an error on Ctrl-C', async () => {
    const { tty, press } = terminal();
    const asked = tty.ask('yes? ').catch((error: unknown) => error);
    await press('\u0003');
    expect(await asked).toBeInstanceOf(Interrupted);
  });

  it('asks again after a wrong number at "type again", and keeps all words', async () => {
    const { tty, press, screen } = terminal();
    const right = Array.from({ length: 33 }, () => 'acid')
      .with(12, 'acne')
      .join(' ');
    const asked = tty.askShare(WORD_ENTRY, textsIn('en'), (typed) => (text(typed) === right ? undefined : 'wrong'));
    await press('acid '.repeat(33), '99\r', 'x\r', '13\r', 'ac', 'ne ');
    expect(text(await asked)).toBe(right);
    expect(screen().split('of the word to type again')).toHaveLength(4);
    // While one word is typed again, the line shows its place and no progress bar.
    expect(screen().split('of the word to type again').at(-1)).toContain('\r 13/33  **');
  });

  it('asks for a component in groups of digits', async () => {
    const { tty, press, screen } = terminal();
    const asked = tty.askShare(COMPONENT_ENTRY, textsIn('en'), () => undefined);
    await press('0'.repeat(4 * 21));
    await asked;
    expect(screen()).toContain('four digits');
    expect(screen()).not.toContain('word');
  });

  it('ends a withdrawn question, and asks the next one as usual', async () => {
    const { tty, press, screen } = terminal();
    const takenBack = new AbortController();
    const asked = tty
      .askShare(WORD_ENTRY, textsIn('en'), () => undefined, takenBack.signal)
      .catch((error: unknown) => error);
    await press('acid ac');
    takenBack.abort();
    expect(await asked).toBeInstanceOf(NoLongerAsked);
    const next = tty.ask('yes? ');
    await press('y\r');
    expect(await next).toBe('y');
    expect(screen()).toMatch(/\nyes\? y\n$/);
  });

  it('keeps every line of both languages within 80 columns', () => {
    const textsOf = (said: unknown): string[] =>
      typeof said === 'string' ? said.split('\n') : Object.values(said as object).flatMap(textsOf);
    for (const language of ['en', 'fa'] as const) {
      for (const said of textsOf(textsIn(language)))
        expect([said, Array.from(said).length <= 80]).toEqual([said, true]);
    }
  });
});
