import type { WirePrintedCode } from '@ramz/proto';
import type { Language } from '../../terminal/texts.ts';
import { ATM_TEXTS } from './atm-texts.ts';

const WIDTH = 44;

/** Returns the receipt with a code, as a printer would draw it. */
export function receiptLines(code: WirePrintedCode | null, cardNumber: string, language: Language): string[] {
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
    `  ${texts.advice}`,
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

/** Returns a moment for people: of the Persian calendar in Persian. */
function momentIn(language: Language, atMs: number): string {
  const locale = language === 'fa' ? 'fa-IR-u-ca-persian-nu-latn' : 'en-CA';
  const style = { dateStyle: 'medium', timeStyle: 'short', timeZone: 'Asia/Tehran' } as const;
  return new Intl.DateTimeFormat(locale, style).format(atMs);
}
