import { expect, it } from 'vitest';
import { readInstant } from './read-instant.ts';

it.each([
  ['2026-01-31T08:00:00Z', '2026-01-31T08:00:00.000Z'],
  ['2026-01-31T08:00:00', '2026-01-31T08:00:00.000Z'],
  ['2026-01-31T08:00', '2026-01-31T08:00:00.000Z'],
  ['2026-01-31', '2026-01-31T00:00:00.000Z'],
  ['2026-01-31T08:00:00+03:30', '2026-01-31T04:30:00.000Z'],
  ['2026-01-01T00:30:00.250+03:30', '2025-12-31T21:00:00.250Z'],
  ['2026-12-31T23:00-05:00', '2027-01-01T04:00:00.000Z'],
])('reads %s, on a machine of any zone', (text, expected) => {
  expect(new Date(readInstant(text) ?? 0).toISOString()).toBe(expected);
});

it.each(['2026-02-30T08:00:00Z', '2026-13-01', '31.1.2026', '2026-01-31 08:00', '2026-01-31T08:00:00 UTC', '', '0'])(
  'rejects %j',
  (text) => {
    expect(readInstant(text)).toBeUndefined();
  },
);
