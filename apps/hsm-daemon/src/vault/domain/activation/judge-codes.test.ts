import { describe, expect, it } from 'vitest';
import type { Activation, ActivationNow } from './activation.ts';
import { judgeCodes } from './judge-codes.ts';

const HOUR_MS = 3_600_000;
const [KEY, OTHER] = ['a'.repeat(32), 'b'.repeat(32)];

const ACTIVATION: Activation = {
  id: '1'.repeat(32),
  method: 'app',
  epoch: 1,
  storeEpoch: 1,
  codeUntilMs: 25 * HOUR_MS,
  textCode: 1,
  textUntilMs: 2 * HOUR_MS,
  appKey: '',
  made: [],
  issuedAtMs: HOUR_MS,
  wrongTries: 0,
  lastTry: '',
  repeats: 0,
  requestKey: '',
  textKey: '',
};
const NOW: ActivationNow = { nowMs: HOUR_MS, storeEpoch: 1, hasKey: true, triesMax: 5 };

describe('the judgement on typed codes', () => {
  it.each([
    ['right codes', 'done', {}, {}],
    ['none pending', 'no-activation', undefined, {}],
    // D-23: after a restore the codes may have been used before.
    ['one from before a restore', 'no-activation', {}, { storeEpoch: 2 }],
    ['one under a suspended key', 'no-activation', {}, { hasKey: false }],
    ['five lost tries', 'no-tries-left', { wrongTries: 5 }, {}],
    ['the last moment of the text', 'done', {}, { nowMs: 2 * HOUR_MS - 1 }],
    ['a text that ended', 'codes-expired', {}, { nowMs: 2 * HOUR_MS }],
    ['a clock that went back: not born yet', 'codes-expired', {}, { nowMs: HOUR_MS - 1 }],
    ['a clock that went far ahead', 'codes-expired', {}, { nowMs: 1_000 * HOUR_MS }],
    ['one code, whose text has no end', 'done', { textCode: 0, textUntilMs: 0 }, { nowMs: 24 * HOUR_MS }],
    ['one code that ended', 'codes-expired', { textCode: 0, textUntilMs: 0 }, { nowMs: 25 * HOUR_MS }],
    ['the same app again', 'done', { appKey: KEY }, {}],
    ['another app', 'codes-used', { appKey: OTHER }, {}],
  ])('on %s: %s', (_, judged, activation, now) => {
    const one = activation && { ...ACTIVATION, ...activation };
    expect(judgeCodes(one, true, KEY, { ...NOW, ...now })).toBe(judged);
    expect(judgeCodes(one, false, KEY, { ...NOW, ...now })).not.toBe('done');
  });
});
