import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { hotpDigits } from './code.ts';
import type { OtpEngine } from './engine/otp-engine.ts';
import { HmacKey, midstatesOf } from './hmac-key.ts';
import { Secret } from './secret.ts';
import { matchKeys } from './window.ts';

const secret = (n: number) => Secret.copy(new Uint8Array(32).fill(n));

describe('a key', () => {
  it('wiped, has no midstates to ask for, and is shown by no printer', () => {
    const key = HmacKey.from('sha256', secret(7));
    key.wipe();
    expect(() => midstatesOf(key)).toThrow('key was wiped');
    const shown = [String(key), JSON.stringify({ key }), inspect({ key }, { showHidden: true, depth: 9 })];
    expect(shown).toEqual(['[hmac key]', '{"key":"[hmac key]"}', '{ key: [hmac key] }']);
  });

  it('of another hash than there are is refused', () => {
    expect(() => HmacKey.from('md5' as 'sha1', secret(1))).toThrow('sha1, sha256 or sha512');
  });

  it('is not used beside one of another engine', () => {
    const ours = HmacKey.from('sha1', secret(1));
    const other: OtpEngine = { ...ours.engine, name: 'another' };
    const keys = [ours, HmacKey.from('sha1', secret(2), other)];
    expect(() => matchKeys(keys, { value: 0, digits: hotpDigits(6) }, 0, 2)).toThrow('of two engines');
  });
});
