// National ids: 10 digits for natural persons, 11 for legal ones, each with its own check digit.
import { MalformedRequest } from '../errors/front-errors.ts';
import { readDigits } from './read-digits.ts';

const NATURAL_DIGITS = 10;
const LEGAL_DIGITS = 11;
/** Weights of the digits of a legal id. The tens digit of the id, plus two, is added to each. */
const LEGAL_WEIGHTS = [29, 27, 23, 19, 17, 29, 27, 23, 19, 17];

/** @throws MalformedRequest; the message never repeats the id */
export function readNationalId(field: string, text: string): string {
  const digits = readDigits(field, text, text.length === LEGAL_DIGITS ? LEGAL_DIGITS : NATURAL_DIGITS);
  const isRight = digits.length === LEGAL_DIGITS ? isLegalId(digits) : isNaturalId(digits);
  if (!isRight) throw new MalformedRequest(field, 'its check digit is wrong: probably a typing mistake');
  return digits;
}

function isNaturalId(id: string): boolean {
  // Ten equal digits pass the check, and no person has them.
  if (/^(\d)\1{9}$/.test(id)) return false;
  let sum = 0;
  for (let i = 0; i < 9; i++) sum += Number(id[i]) * (NATURAL_DIGITS - i);
  const rest = sum % 11;
  return Number(id[9]) === (rest < 2 ? rest : 11 - rest);
}

function isLegalId(id: string): boolean {
  if (/^0+$/.test(id)) return false;
  const plus = Number(id[9]) + 2;
  const sum = LEGAL_WEIGHTS.reduce((total, weight, i) => total + (Number(id[i]) + plus) * weight, 0);
  return Number(id[10]) === (sum % 11) % 10;
}
