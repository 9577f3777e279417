// HID Usage Tables 1.3, page 7, and the boot keyboard's report (HID 1.11, appendix B): modifiers, a
// zero, six keys.
import { INTERVAL_MS } from './descriptors.ts';
import type { HidFunction } from './hid-function.ts';
import { InputQueue } from './input-queue.ts';

export const KEYBOARD_REPORT_BYTES = 8;
const SHIFT = 0x02;
const ENTER = 0x28;
const TAB = 0x2b;
const LETTER_A = 0x04;
const DIGITS = '1234567890';
const DIGIT_1 = 0x1e;
const KEYPAD_1 = 0x59;

/** A key: its usage, and the modifiers that are held with it. */
export interface Stroke {
  readonly usage: number;
  readonly modifiers: number;
}

/**
 * Returns the keystroke on a US keyboard; undefined for characters that these tokens never type.
 */
export function strokeOf(character: string, onKeypad = false): Stroke | undefined {
  const digit = DIGITS.indexOf(character);
  if (digit >= 0) return { usage: (onKeypad ? KEYPAD_1 : DIGIT_1) + digit, modifiers: 0 };
  if (character === '\n') return { usage: ENTER, modifiers: 0 };
  if (character === '\t') return { usage: TAB, modifiers: 0 };
  const lower = character.toLowerCase();
  if (!/^[a-z]$/.test(lower)) return undefined;
  return { usage: LETTER_A + lower.charCodeAt(0) - 97, modifiers: lower === character ? 0 : SHIFT };
}

/** Presses and releases each key. It sends keys, not letters: the host's layout decides. */
export function typeText(inputs: InputQueue, text: string): void {
  typeStrokes(
    inputs,
    text.split('').flatMap((character) => strokeOf(character) ?? []),
    0,
  );
}

/** @param pacingMs pause after each key */
export function typeStrokes(inputs: InputQueue, strokes: readonly Stroke[], pacingMs: number): void {
  for (const { modifiers, usage } of strokes) {
    const pressed = new Uint8Array(KEYBOARD_REPORT_BYTES);
    pressed.set([modifiers, 0, usage]);
    inputs.push(pressed);
    inputs.push(new Uint8Array(KEYBOARD_REPORT_BYTES));
    pause(inputs, pacingMs);
  }
}

/** Waits by repeating that no key is down, in the pace at which the host asks. */
export function pause(inputs: InputQueue, ms: number): void {
  for (let left = ms; left > 0; left -= INTERVAL_MS) inputs.push(new Uint8Array(KEYBOARD_REPORT_BYTES));
}

/** Returns a boot keyboard's report descriptor, with a feature report of so many bytes, or none. */
export function keyboardDescriptor(featureBytes: number): Uint8Array {
  const keyboard = [
    [0x05, 0x01, 0x09, 0x06, 0xa1, 0x01], // Generic Desktop, Keyboard, Application
    [0x05, 0x07, 0x19, 0xe0, 0x29, 0xe7, 0x15, 0x00, 0x25, 0x01], // modifiers: eight keys
    [0x75, 0x01, 0x95, 0x08, 0x81, 0x02], // a bit each, input
    [0x95, 0x01, 0x75, 0x08, 0x81, 0x01], // a byte of zeros
    [0x95, 0x05, 0x75, 0x01, 0x05, 0x08, 0x19, 0x01, 0x29, 0x05, 0x91, 0x02], // five LEDs, output
    [0x95, 0x01, 0x75, 0x03, 0x91, 0x01], // three bits of zeros
    // six keys
    [0x95, 0x06, 0x75, 0x08, 0x15, 0x00, 0x25, 0x65, 0x05, 0x07, 0x19, 0x00, 0x29, 0x65, 0x81, 0x00],
  ].flat();
  const feature = featureBytes === 0 ? [] : [0x09, 0x03, 0x75, 0x08, 0x95, featureBytes, 0xb1, 0x02];
  return Uint8Array.from([...keyboard, ...feature, 0xc0]);
}

/** Returns a keyboard with these handlers for its feature report. */
export function keyboardFunction(
  featureBytes = 0,
  getFeature: () => Uint8Array = () => new Uint8Array(),
  setFeature: (report: Uint8Array) => void = () => {},
): HidFunction {
  return {
    subclass: 1,
    protocol: 1,
    reportDescriptor: keyboardDescriptor(featureBytes),
    inputBytes: KEYBOARD_REPORT_BYTES,
    outputBytes: 1,
    hasOutputEndpoint: false,
    featureBytes,
    inputs: new InputQueue(),
    getFeature,
    setFeature,
    // Sets the LEDs: a token has none.
    setOutput: async () => {},
  };
}
