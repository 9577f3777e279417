import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { MalformedRequest } from '../errors/front-errors.ts';
import { readCardNumber } from './read-card-number.ts';
import { readMobileNumber } from './read-mobile.ts';
import { readNationalId } from './read-national-id.ts';

/** Collected from three public libraries. A copy of the repository alone does not have them. */
const VECTORS = new URL('../../../../../../shared/vectors/iran/identifiers.json', import.meta.url);
const VECTORS_THERE = existsSync(VECTORS);

describe('an Iranian mobile number', () => {
  it.each([
    '09121234567',
    '9121234567',
    '+989121234567',
    '00989121234567',
    '989121234567',
    '+98 912 123 4567',
    '0912-123-4567',
    '(0912) 123.4567',
    '\u06f0\u06f9\u06f1\u06f2\u06f1\u06f2\u06f3\u06f4\u06f5\u06f6\u06f7',
    '\u0660\u0669\u0661\u0662\u0661\u0662\u0663\u0664\u0665\u0666\u0667',
  ])('is one number however it is written: %s', (text) => {
    expect(readMobileNumber('mobile_number', text)).toBe('989121234567');
  });

  it.each([
    '',
    '02112345678',
    '0912123456',
    '091212345678',
    '+44912345678',
    '09821234567',
    '0'.repeat(100_000),
    '\uff10912',
  ])('is no other number: %#', (text) => {
    expect(() => readMobileNumber('mobile_number', text)).toThrow(MalformedRequest);
  });
});

describe('a national id', () => {
  it.each(['0012345679', '0490000010', '10380284790', '\u06f0\u06f0\u06f1\u06f2\u06f3\u06f4\u06f5\u06f6\u06f7\u06f9'])(
    'is read, of natural and legal persons: %s',
    (text) => {
      expect(readNationalId('holders', text)).toMatch(/^[0-9]{10,11}$/);
    },
  );

  it.each(['', '0012345670', '1111111111', '10380284792', '11111111111', '12345678'])(
    'with a typing mistake is refused: %s',
    (text) => {
      expect(() => readNationalId('holders', text)).toThrow(MalformedRequest);
    },
  );
});

describe.skipIf(!VECTORS_THERE)('the public test values', () => {
  const known = (VECTORS_THERE ? JSON.parse(readFileSync(VECTORS, 'utf8')) : {}) as {
    pan_valid: string[];
    national_id_valid: string[];
    national_id_invalid: string[];
    legal_id: { valid: string[]; invalid: string[] };
    mobile: { same_number: string[]; canonical: string; invalid: string[] };
  };

  it('are read or refused as they say', () => {
    for (const card of known.pan_valid) expect(readCardNumber('card_number', card)).toBe(card);
    for (const id of [...known.national_id_valid, ...known.legal_id.valid]) expect(readNationalId('id', id)).toBe(id);
    for (const id of [...known.national_id_invalid, ...known.legal_id.invalid]) {
      expect(() => readNationalId('id', id)).toThrow(MalformedRequest);
    }
    for (const text of known.mobile.same_number) expect(`+${readMobileNumber('m', text)}`).toBe(known.mobile.canonical);
    for (const text of known.mobile.invalid) expect(() => readMobileNumber('m', text)).toThrow(MalformedRequest);
  });
});
