import type { Entry } from '@ramz/audit-log';
import { describe, expect, it } from 'vitest';
import type { Standing } from '../enrolment/standing.ts';
import { eventOf } from './events.ts';

const standing = (wrongSinceAccepted: number) =>
  ({ wrongSinceAccepted, enrolments: [{ id: 'e', floor: 100 }] }) as unknown as Standing;
const verdict = (reason: string, step = 0) => ({ kind: 'verdict', reason, step, enrolmentId: 'e' }) as Entry;

describe('events', () => {
  it('reports the first wrong code, the third, and a lock', () => {
    const wrong = [0, 1, 2, 3].map((before) => eventOf(standing(before), verdict('wrong-code')));
    expect(wrong).toEqual(['first-failure', 'refused', 'third-try', 'refused']);
    expect(eventOf(standing(4), verdict('locked-now'))).toBe('locked');
    expect(eventOf(standing(4), verdict('card-locked-now'))).toBe('card-locked');
  });

  it('reports the last code again as a replay, and an older one as a suspected clone', () => {
    expect(eventOf(standing(0), verdict('used-code', 100))).toBe('replay-seen');
    expect(eventOf(standing(0), verdict('used-code', 99))).toBe('clone-suspected');
    expect(eventOf(standing(0), verdict('used-code'))).toBe('replay-seen');
  });

  it('reports a spent budget, a refused call, and what happens to the daemon', () => {
    expect(eventOf(undefined, { kind: 'refusal', reason: 'alarm: 40 of 50' } as Entry)).toBe('alarm');
    expect(eventOf(undefined, { kind: 'refusal', reason: 'role channel' } as Entry)).toBe('call-refused');
    expect(eventOf(undefined, { kind: 'ceremony', act: 'clock-jumped' } as Entry)).toBe('clock-jumped');
    expect(eventOf(undefined, { kind: 'ceremony', act: 'join' } as Entry)).toBeUndefined();
    expect(eventOf(undefined, { kind: 'daemon', act: 'started' } as Entry)).toBe('started');
  });

  it('reports no event for an accepted code, and an unseen one for an unknown or locked card', () => {
    expect(eventOf(standing(0), verdict('accepted', 101))).toBeUndefined();
    expect(eventOf(undefined, verdict('not-enrolled'))).toBe('refused');
    expect(eventOf(standing(5), verdict('locked-before'))).toBe('refused');
  });
});
