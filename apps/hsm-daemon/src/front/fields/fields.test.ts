import { profilePath, readBankProfile } from '@ramz/bank-profile';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MalformedRequest } from '../errors/front-errors.ts';
import { readCardNumber } from './read-card-number.ts';
import { readDigits } from './read-digits.ts';
import { isPlain, readPurpose } from './read-purpose.ts';
import { readName } from './read-value.ts';

describe('the purpose of a request', () => {
  const profile = readBankProfile(profilePath('maskan'));

  it('suggests only what the call takes', () => {
    expect(() => readPurpose('purpose', 'PURPOSE_UNSPECIFIED', profile)).toThrow('TRANSACTION_SIGNATURE');
    const ofVerify = () => readPurpose('purpose', 'PURPOSE_UNSPECIFIED', profile, isPlain);
    expect(ofVerify).toThrow('must be PURPOSE_');
    expect(ofVerify).not.toThrow('TRANSACTION_SIGNATURE');
  });
});

describe('digits of a request', () => {
  it('reads Persian, Arabic and ASCII digits alike, even mixed', () => {
    const digit = fc.tuple(fc.integer({ min: 0, max: 9 }), fc.constantFrom(0x30, 0x6f0, 0x660));
    fc.assert(
      fc.property(fc.array(digit, { minLength: 8, maxLength: 8 }), (digits) => {
        const typed = digits.map(([value, zero]) => String.fromCharCode(zero + value)).join('');
        expect(readDigits('code', typed, 8)).toBe(digits.map(([value]) => value).join(''));
      }),
    );
  });

  it('reads any text or rejects it as malformed, and never repeats it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 9 }), (text) => {
        try {
          expect(readDigits('code', text, 8)).toMatch(/^[0-9]{8}$/);
        } catch (error) {
          expect(error).toBeInstanceOf(MalformedRequest);
          expect((error as Error).message).toMatch(
            /^code: must (be 8 digits|hold ASCII, Persian or Arabic digits only)$/,
          );
        }
      }),
    );
  });

  it.each([
    '１２３４５６７８',
    '1234 567',
    ' 1234567',
    '1234567\0',
    '1234567٫',
    '-1234567',
    '1234567',
    '123456789',
    '',
  ])('rejects %j', (text) => {
    expect(() => readDigits('code', text, 8)).toThrow(MalformedRequest);
  });
});

describe('card numbers', () => {
  it.each(['6280230000000019', '6280231234567898', '5892100000000016', '۶۲۸۰۲۳۱۲۳۴۵۶۷۸۹۸'])('reads %s', (text) => {
    expect(readCardNumber('card_number', text)).toMatch(/^[0-9]{16}$/);
  });

  it.each(['6280231234567899', '628023123456789', '62802312345678980', '0000000000000000', '6280 2312 3456 7898'])(
    'rejects %s',
    (text) => {
      expect(() => readCardNumber('card_number', text)).toThrow(MalformedRequest);
    },
  );

  it('detects any single wrong digit', () => {
    fc.assert(
      fc.property(fc.nat(15), fc.integer({ min: 1, max: 9 }), (place, by) => {
        const digits = [...'6280231234567898'];
        digits[place] = String((Number(digits[place]) + by) % 10);
        expect(() => readCardNumber('card_number', digits.join(''))).toThrow(MalformedRequest);
      }),
    );
  });
});

describe('names of other systems', () => {
  it.each(['POS-1 ', ' POS-1', 'POS-1\t', '', 'x'.repeat(65), 'پایانه'])('rejects %j', (text) => {
    expect(() => readName('terminal_id', text, 64)).toThrow(MalformedRequest);
  });

  it('reads a space inside', () => {
    expect(readName('terminal_id', 'POS 1', 64)).toBe('POS 1');
  });
});
