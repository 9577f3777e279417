import { createCipheriv, createSecretKey } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openPinBlock, sealPinBlock } from './pin-block.ts';

const PAN = '6280231234567890';
const key = createSecretKey(Buffer.alloc(32, 7));
const pin = fc.stringMatching(/^[0-9]{4,12}$/);
const pan = fc.stringMatching(/^[0-9]{12,19}$/);
const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });

describe('PIN blocks of format 4 (ISO 9564-1)', () => {
  it('equal two AES blocks chained by the PAN field, computed here in another way', () => {
    // E(E(field) xor pan) is CBC over two plaintext blocks: the field and the PAN field.
    const field = Buffer.from('441234aaaaaaaaaa0011223344556677', 'hex');
    const panField = Buffer.from(`4${PAN}000000000000000`, 'hex');
    const cbc = createCipheriv('aes-256-cbc', key, Buffer.alloc(16)).setAutoPadding(false);
    const expected = cbc.update(Buffer.concat([field, panField])).subarray(16);
    const made = sealPinBlock(key, '1234', PAN, Buffer.from('0011223344556677', 'hex'));
    expect(Buffer.from(made).toString('hex')).toBe(expected.toString('hex'));
    expect(openPinBlock(key, made, PAN)).toBe('1234');
  });

  // The example of ISO 9564-1: AES-128, a card number of 18 digits.
  it('open the block of the standard', () => {
    const standard = createSecretKey(Buffer.from('C1D0F8FB4958670DBA40AB1F3752EF0D', 'hex'));
    const block = Buffer.from('CC17F65586BFD0953010226C4FC5B3CA', 'hex');
    expect(openPinBlock(standard, block, '432198765432109870')).toBe('1234');
    const random = Buffer.from('146C6601F4A8035C', 'hex');
    expect(Buffer.from(sealPinBlock(standard, '1234', '432198765432109870', random))).toEqual(block);
  });

  it.each([16, 24, 32])('open under an AES key of %i bytes', (length) => {
    const zone = createSecretKey(Buffer.alloc(length, 9));
    const block = sealPinBlock(zone, '12345678', PAN, Buffer.alloc(8, 1));
    const cbc = createCipheriv(`aes-${length * 8}-cbc`, zone, Buffer.alloc(16)).setAutoPadding(false);
    const fields = Buffer.concat([
      Buffer.from('4812345678aaaaaa0101010101010101', 'hex'),
      Buffer.from(`4${PAN}000000000000000`, 'hex'),
    ]);
    expect(Buffer.from(block)).toEqual(cbc.update(fields).subarray(16));
    expect(openPinBlock(zone, block, PAN)).toBe('12345678');
  });

  it('open for their own card and key, and for no other', () => {
    fc.assert(
      fc.property(pin, pan, pan, bytes(8), bytes(32), (digits, card, other, random, otherKey) => {
        const block = sealPinBlock(key, digits, card, random);
        expect(openPinBlock(key, block, card)).toBe(digits);
        if (other !== card) expect(openPinBlock(key, block, other)).not.toBe(digits);
        expect(openPinBlock(createSecretKey(otherKey), block, card)).not.toBe(digits);
      }),
    );
  });

  it('differ when the same PIN is sealed twice', () => {
    const one = sealPinBlock(key, '12345678', PAN, Buffer.alloc(8, 1));
    expect(sealPinBlock(key, '12345678', PAN, Buffer.alloc(8, 2))).not.toEqual(one);
  });

  it('open any 16 bytes to 4 to 12 digits or to nothing', () => {
    fc.assert(
      fc.property(bytes(16), (block) => {
        expect(openPinBlock(key, block, PAN) ?? '0000').toMatch(/^[0-9]{4,12}$/);
      }),
    );
  });

  it.each([
    '341234aaaaaaaaaa',
    '431234aaaaaaaaaa',
    '4d1234567890123a',
    '4412a4aaaaaaaaaa',
    '441234aaaaaaaaab',
    '401234aaaaaaaaaa',
  ])('reject the field %s', (field) => {
    const panField = Buffer.from(`4${PAN}000000000000000`, 'hex');
    const cbc = createCipheriv('aes-256-cbc', key, Buffer.alloc(16)).setAutoPadding(false);
    const block = cbc.update(Buffer.concat([Buffer.from(field, 'hex'), Buffer.alloc(8), panField])).subarray(16);
    expect(openPinBlock(key, block, PAN)).toBeUndefined();
  });
});
