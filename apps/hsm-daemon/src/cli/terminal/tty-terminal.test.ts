import { PassThrough } from 'node:stream';
import { Secret } from '@ramz/otp-core';
import { describe, expect, it } from 'vitest';
import { WORD_ENTRY } from './share-entry.ts';
import { textsIn } from './texts.ts';
import { Interrupted, TtyTerminal } from './tty-terminal.ts';

/** A terminal whose keys the test presses, and whose screen it reads. */
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
  it('does not show a passphrase; Backspace takes back a whole letter, also of two bytes', async () => {
    const { tty, press, screen } = terminal();
    const asked = tty.askSecret('passphrase: ');
    await press('rم', '\u007f', 'amz', '\r');
    expect(text(await asked)).toBe('ramz');
    expect(screen()).toBe('passphrase: \n');
  });

  it('takes a share masked; of a wrong one, one word can be typed again', async () => {
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

  it('shows a share in numbered columns of 80, without colour', () => {
    const { tty, screen } = terminal();
    tty.sayShare(Secret.copy(Buffer.from('academic '.repeat(33).trim())), WORD_ENTRY);
    expect(screen().trimEnd().split('\n')).toHaveLength(9);
    for (const line of screen().split('\n')) expect(line.length).toBeLessThanOrEqual(80);
    expect(screen()).not.toContain('\u001b');
  });

  it('Ctrl-C at a question ends it with a sentence', async () => {
    const { tty, press } = terminal();
    const asked = tty.ask('yes? ').catch((error: unknown) => error);
    await press('\u0003');
    expect(await asked).toBeInstanceOf(Interrupted);
  });

  it('every line of both languages fits a terminal of 80 columns', () => {
    for (const language of ['en', 'fa'] as const) {
      for (const [name, said] of Object.entries(textsIn(language))) {
        if (typeof said === 'string') expect([name, Array.from(said).length <= 80]).toEqual([name, true]);
      }
    }
  });
});
