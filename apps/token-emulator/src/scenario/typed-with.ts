import { InputQueue } from '../usb/input-queue.ts';
import { typeText } from '../usb/keyboard.ts';
import type { Steps } from './scenario.ts';

const TEXTS = { digits: '0123456789', modhex: 'cbdefghijklnrtuv' } as const;
const LETTER_A = 0x04;
const DIGIT_1 = 0x1e;
/** What the keys 1 to 9 and 0 type on a French keyboard without shift. */
const FRENCH_DIGITS = '&é"\'(-è_çà';
/** Letters that have another place on it. */
const FRENCH_LETTERS: Readonly<Record<string, string>> = { a: 'q', q: 'a', z: 'w', w: 'z', m: ',' };

/** Checks what a host's layout makes of a token's keystrokes: a token sends keys, not letters. */
export function typedWith({ layout, text, expect }: Steps['typed']): readonly string[] {
  const inputs = new InputQueue();
  typeText(inputs, TEXTS[text]);
  let read = '';
  for (let report = inputs.takeNow(); report !== undefined; report = inputs.takeNow()) {
    const usage = report[2] ?? 0;
    if (usage !== 0) read += characterOf(usage, layout);
  }
  const found = read === TEXTS[text] ? 'same' : 'other';
  return found === expect ? [] : [`typed with a ${layout} layout it reads ${read}`];
}

function characterOf(usage: number, layout: 'us' | 'fr'): string {
  if (usage >= DIGIT_1) return (layout === 'us' ? '1234567890' : FRENCH_DIGITS)[usage - DIGIT_1] ?? '?';
  const letter = String.fromCharCode(97 + usage - LETTER_A);
  return layout === 'us' ? letter : (FRENCH_LETTERS[letter] ?? letter);
}
