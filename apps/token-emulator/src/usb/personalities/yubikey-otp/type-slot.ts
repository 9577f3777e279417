// What a touched slot types: which keys, in which order, and how fast
// (docs/reference/personalities.md).
import type { InputQueue } from '../../input-queue.ts';
import { pause, type Stroke, strokeOf, typeStrokes } from '../../keyboard.ts';
import { MODHEX, modhex, ticket } from './make-ticket.ts';
import { CONFIG, EXTENDED, type Slot, TICKET } from './slot-configuration.ts';

const DELAY_MS = 500;
const SHIFT_BIT = 0x80;
const SHIFT = 0x02;

/** The two parts of what a slot types: its identity, and its code. */
export interface TypedParts {
  readonly fixed: string;
  readonly code: string;
}

/** Types both parts with the tabs, delays, pacing and Enter of the slot's flags. */
export function typeParts(inputs: InputQueue, slot: Slot, { fixed, code }: TypedParts): void {
  const has = (flag: number) => (slot.ticketFlags & flag) !== 0;
  const keypad = (slot.extendedFlags & EXTENDED.numericKeypad) !== 0;
  const type = (text: string) => typeStrokes(inputs, strokesOf(text, keypad), pacingMs(slot));
  if (has(TICKET.tabFirst)) type('\t');
  type(fixed);
  if (has(TICKET.tabBetween)) type('\t');
  if (has(TICKET.delayBetween)) pause(inputs, DELAY_MS);
  type(code);
  if (has(TICKET.tabLast)) type('\t');
  if (has(TICKET.delayLast)) pause(inputs, DELAY_MS);
  if (has(TICKET.appendCr)) type('\n');
}

/** Types a password of key codes: the top bit of each is shift, and a zero ends it. */
export function typeKeyCodes(inputs: InputQueue, slot: Slot): void {
  const codes = [...slot.fixedField.expose(), ...slot.uid, ...slot.key.expose()];
  const end = codes.indexOf(0);
  const strokes = codes.slice(0, end < 0 ? codes.length : end).map((code) => ({
    usage: code & ~SHIFT_BIT,
    modifiers: (code & SHIFT_BIT) === 0 ? 0 : SHIFT,
  }));
  const enter = (slot.ticketFlags & TICKET.appendCr) === 0 ? [] : strokesOf('\n', false);
  typeStrokes(inputs, [...strokes, ...enter], pacingMs(slot));
}

/**
 * Returns the identity before an OATH code: bytes in digits, or in modhex where the flags say so
 * for the first, the first two or all.
 */
export function oathIdentity({ fixed, configFlags }: Slot): string {
  const first = (configFlags & CONFIG.firstByteModhex) !== 0;
  const two = (configFlags & CONFIG.twoBytesModhex) !== 0;
  const inModhex = first && two ? fixed.length : two ? 2 : first ? 1 : 0;
  return modhex(fixed.subarray(0, inModhex)) + Buffer.from(fixed.subarray(inModhex)).toString('hex');
}

/**
 * Returns the password of a static slot: a ticket whose counters, clock and random bytes are all
 * zero (assumption: no document says what they are), half of it with the flag for a short one.
 */
export function staticPassword(slot: Slot): TypedParts {
  const code = modhex(ticket(slot, { useCounter: 0, sessionUse: 0, timestamp: 0, random: 0 }));
  const isShort = (slot.configFlags & CONFIG.shortTicket) !== 0;
  const password = strengthened(modhex(slot.fixed) + (isShort ? code.slice(0, code.length / 2) : code), slot);
  const identityLength = 2 * slot.fixed.length;
  return { fixed: password.slice(0, identityLength), code: password.slice(identityLength) };
}

/** Makes a static password stronger by its flags: capitals, and digits for eight of the letters. */
function strengthened(text: string, { configFlags }: Slot): string {
  const digits = (configFlags & CONFIG.digits) !== 0;
  const withDigits = digits ? text.replaceAll(/[a-z]/g, (letter) => digitFor(letter)) : text;
  if ((configFlags & CONFIG.upperCase) === 0) return withDigits;
  let capitals = 0;
  return withDigits.replaceAll(/[a-z]/g, (letter) => ((capitals += 1) <= 2 ? letter.toUpperCase() : letter));
}

function digitFor(letter: string): string {
  const place = MODHEX.indexOf(letter);
  return place < 8 ? String(place) : letter;
}

function strokesOf(text: string, onKeypad: boolean): Stroke[] {
  return text.split('').flatMap((character) => strokeOf(character, onKeypad) ?? []);
}

function pacingMs({ configFlags, ticketFlags }: Slot): number {
  // The bits have other meanings in the OATH and challenge modes.
  if ((ticketFlags & TICKET.oathOrChallenge) !== 0) return 0;
  return ((configFlags & CONFIG.pacing10Ms) === 0 ? 0 : 10) + ((configFlags & CONFIG.pacing20Ms) === 0 ? 0 : 20);
}
