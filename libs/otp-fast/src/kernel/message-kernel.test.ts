import { HmacKey, Secret } from '@ramz/otp-core';
import { macEach } from '@ramz/otp-core/messages';
import { describe, expect, it } from 'vitest';
import { fastEngine } from '../fast-engine.ts';
import { messageKernel } from './message-kernel.ts';

const key = () => HmacKey.from('sha256', Secret.copy(new Uint8Array(32).fill(0x3c)), fastEngine);
const nothing = () => {};

describe('the kernel of messages', () => {
  it('loads here, so the tests below use it', () => {
    expect(messageKernel()).toBeDefined();
  });

  it('leaves its memory blank, even if writing a message or taking a digest fails', () => {
    macEach(key(), 7, (i, into) => into.fill(0xa5).subarray(0, 100 * i).length, nothing);
    expect(messageKernel()?.isBlank()).toBe(true);
    const fails = (i: number, into: Uint8Array) => {
      into.fill(0xa5);
      if (i === 6) throw new Error('cannot be written');
      return 900;
    };
    expect(() => macEach(key(), 9, fails, nothing)).toThrow('cannot be written');
    expect(messageKernel()?.isBlank()).toBe(true);
    const refuses = () => {
      throw new Error('not taken');
    };
    expect(() => macEach(key(), 4, (_, into) => into.fill(0xa5).length - 900, refuses)).toThrow('not taken');
    expect(messageKernel()?.isBlank()).toBe(true);
  });
});
