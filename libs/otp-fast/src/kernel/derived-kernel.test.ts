import { HmacKey, hotpDigits, Secret } from '@ramz/otp-core';
import { matchDerived } from '@ramz/otp-core/messages';
import { describe, expect, it } from 'vitest';
import { derivingEngine } from '../deriving.ts';
import { derivedKernel } from './derived-kernel.ts';

const master = HmacKey.from('sha256', Secret.copy(new Uint8Array(32).fill(0x3c)), derivingEngine);
const code = { value: 123_456, digits: hotpDigits(6) };

describe('the kernel of derived keys', () => {
  it('loads here, so the tests below use it', () => {
    expect(derivedKernel()).toBeDefined();
  });

  it.each(['sha1', 'sha256', 'sha512'] as const)('%s: leaves its memory blank, even if writing fails', (hash) => {
    const write = (i: number, into: Uint8Array) => into.fill(0xa5).subarray(0, 90 * i).length;
    const codes = { hash, count: 7, write, firstOf: () => 2 ** 40 - 1, codeOf: () => code };
    matchDerived(master, codes, 31, new Int32Array(7));
    expect(derivedKernel()?.isBlank()).toBe(true);
    const fails = (i: number, into: Uint8Array) => {
      into.fill(0xa5);
      if (i === 6) throw new Error('cannot be written');
      return 900;
    };
    expect(() => matchDerived(master, { ...codes, write: fails }, 2, new Int32Array(7))).toThrow('cannot be written');
    expect(derivedKernel()?.isBlank()).toBe(true);
  });
});
