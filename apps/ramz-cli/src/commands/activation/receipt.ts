import type { WirePrintedCode } from '@ramz/proto';
import type { Language } from '../../terminal/texts.ts';
import { momentIn } from '../card/card-texts.ts';
import { ATM_TEXTS } from './atm-texts.ts';

const WIDTH = 44;

/** Returns the receipt with a code, as a printer would draw it. */
/** @param isAlone for a bank without a text */
export function receiptLines(
  code: WirePrintedCode | null,
  cardNumber: string,
  language: Language,
  isAlone = false,
): string[] {
  if (code === null || Number(code.untilMs) === 0) return [];
  const texts = ATM_TEXTS[language];
  const edge = '- '.repeat(WIDTH / 2).trimEnd();
  const digits = code.digits === '' ? texts.sealed : grouped(code.digits ?? '');
  return [
    edge,
    `  ${texts.receipt}`,
    `  ${masked(cardNumber)}`,
    '',
    `  ${texts.code}: ${digits}`,
    `  ${texts.until}: ${momentIn(language, Number(code.untilMs))}`,
    '',
    `  ${isAlone ? texts.adviceAlone : texts.advice}`,
    edge,
  ];
}

/** In fours, as people read and type them. */
function grouped(digits: string): string {
  return digits.replaceAll(/\d{4}(?=\d)/g, '$& ');
}

function masked(cardNumber: string): string {
  return cardNumber.length === 16 ? `${cardNumber.slice(0, 6)}******${cardNumber.slice(-4)}` : cardNumber;
}

/** Returns a code for programs; undefined where there is none. */
export function printedValue(code: WirePrintedCode | null): object | undefined {
  const untilMs = Number(code?.untilMs ?? 0);
  if (code === null || untilMs === 0) return undefined;
  return { digits: code.digits, block: Buffer.from(code.block ?? []).toString('hex'), untilMs };
}
