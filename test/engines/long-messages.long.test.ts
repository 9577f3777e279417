// A message of half a gigabyte: its length in bits needs more than 32 bits.
import { createHmac } from 'node:crypto';
import { nobleEngine } from '@ramz/otp-core/engine';
import { fastEngine, portableEngine } from '@ramz/otp-fast';
import { expect, it } from 'vitest';

it.each([nobleEngine, fastEngine, portableEngine])(
  '$name accepts a message longer than 2^32 bits',
  {
    timeout: 240_000,
  },
  (engine) => {
    const message = new Uint8Array(2 ** 29 + 3).fill(0x61);
    const key = new Uint8Array(20).fill(2);
    const midstates = engine.reserve('sha1');
    engine.fill(midstates, key);
    const expected = createHmac('sha1', key).update(message).digest('hex');
    expect(Buffer.from(engine.mac(midstates, message)).toString('hex')).toBe(expected);
  },
);
