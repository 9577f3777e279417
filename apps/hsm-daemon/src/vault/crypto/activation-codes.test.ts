import { createHmac } from 'node:crypto';
import { HmacKey, Secret } from '@ramz/otp-core';
import { describe, expect, it } from 'vitest';
import { activationCode, luhnDigit } from './activation-codes.ts';

const KEY = Buffer.alloc(32, 7);
const master = HmacKey.from('sha256', Secret.copy(KEY));
const NAME = {
  bank: 'maskan',
  subject: '5'.repeat(32),
  activation: '1'.repeat(32),
  epoch: 1,
  half: 'printed',
  digits: 8,
};
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');

describe('codes of an activation', () => {
  it('are SP 800-108 under a label of their own, bytes from 250 on skipped', () => {
    const fields = ['maskan', NAME.subject, NAME.activation, 'printed', '1'];
    const context = fields.map((field) => Buffer.concat([Buffer.from([0, field.length]), Buffer.from(field)]));
    const input = [Buffer.from([0, 0, 0, 1]), Buffer.from('ramz/activation/v1'), Buffer.from([0]), ...context];
    const derived = createHmac('sha256', KEY)
      .update(Buffer.concat([...input, Buffer.from([0, 0, 1, 0])]))
      .digest();
    const digits = [...derived].filter((byte) => byte < 250).map((byte) => byte % 10);
    expect(text(activationCode(master, NAME))).toBe(digits.slice(0, 8).join(''));
  });

  it('differ in every field that they derive from', () => {
    const others = [
      { bank: 'sepah' },
      { subject: '6'.repeat(32) },
      { activation: '2'.repeat(32) },
      { epoch: 2 },
      { half: 'text/1' },
    ];
    const codes = [NAME, ...others.map((other) => ({ ...NAME, ...other }))].map((name) =>
      text(activationCode(master, name)),
    );
    expect(new Set(codes).size).toBe(codes.length);
  });

  it('have each digit as often: chi-square over 480,000 digits', () => {
    const counts = Array.from({ length: 10 }, () => 0);
    for (let i = 0; i < 40_000; i++) {
      const activation = i.toString(16).padStart(32, '0');
      for (const digit of activationCode(master, { ...NAME, activation, digits: 12 })) counts[digit - 0x30]! += 1;
    }
    const wanted = 48_000;
    const chi = counts.reduce((sum, count) => sum + (count - wanted) ** 2 / wanted, 0);
    // Nine degrees of freedom: 1 in 10^6 is above 44. The codes are derived, so this never changes.
    expect(chi).toBeLessThan(44);
  });
});

it('a check digit is that of ISO/IEC 7812-1', () => {
  // The standard's own example, 7992739871 and its digit 3.
  expect(luhnDigit(Buffer.from('7992739871'))).toBe('3'.charCodeAt(0));
});
