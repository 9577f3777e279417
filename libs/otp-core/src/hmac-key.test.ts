import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { hotpDigits } from './code.ts';
import type { OtpEngine } from './engine/otp-engine.ts';
import { HmacKey, midstatesOf } from './hmac-key.ts';
import { Secret } from './secret.ts';
import { matchKeys } from './window.ts';

const secret = (n: number) => Secret.copy(new Uint8Array(32).fill(n));

describe('a key', () => {
  it('has no midstates after a wipe, and never prints them', () => {
    const key = HmacKey.from('sha256', secret(7));
    key.wipe();
    expect(() => midstatesOf(key)).toThrow('key was wiped');
    const shown = [String(key), JSON.stringify({ key }), inspect({ key }, { showHidden: true, depth: 9 })];
    expect(shown).toEqual(['[hmac key]', '{"key":"[hmac key]"}', '{ key: [hmac key] }']);
  });

  it('rejects an unknown hash', () => {
    expect(() => HmacKey.from('md5' as 'sha1', secret(1))).toThrow('sha1, sha256 or sha512');
  });

  it('is rejected beside a key of another engine', () => {
    const ours = HmacKey.from('sha1', secret(1));
    const other: OtpEngine = { ...ours.engine, name: 'another' };
    const keys = [ours, HmacKey.from('sha1', secret(2), other)];
    expect(() => matchKeys(keys, { value: 0, digits: hotpDigits(6) }, 0, 2)).toThrow('different engines');
  });
});
