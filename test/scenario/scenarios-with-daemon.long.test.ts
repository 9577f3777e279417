// Every shipped scenario against a daemon in the place of the model server.
import { readScenario, shippedScenarios } from '@ramz/token-emulator';
import { describe, expect, it } from 'vitest';
import { runWithDaemon } from './run-with-daemon.ts';

/**
 * The shipped scenarios in which the daemon correctly differs from the model server, each with the
 * reason.
 */
const DIFFERS: Readonly<Record<string, readonly [says: string, why: string]>> = {
  warehouse: ['4 login: the server says refused, not accepted', 'a token that counts: the daemon takes time only'],
  'contact-bounce': ['2 login: the server says refused, not accepted', 'a token that counts'],
  'idle-presses': ['3 login: the server says refused, not accepted', 'a token that counts'],
  'end-by-date': [
    '1 enrol: the seed was refused, not taken: the token refused: seed-refused',
    'it has six digits, second PINs of this bank eight',
  ],
  'a-year-of-mornings': ['4 login: the server says refused, not accepted', 'no login teaches the daemon a drift'],
  'at-the-server': ['6 login: the server says refused, not locked', 'five wrong codes lock there, not three'],
  'slow-typist': ['5 login: the server says accepted, not refused', 'no login teaches the daemon a drift'],
  'garage-winter': [
    '9 login: the server says refused, not accepted',
    'resynchronised minutes back: codes noted then are used up',
  ],
  'unused-for-400-days': ['8 login: the server says refused, not accepted', 'resynchronised minutes back, too'],
  'shared-seed': ['2 share_seed: only the model server can share a seed', 'the daemon draws a seed for each'],
  'challenge-and-answer': ['4 answer: there is no answer on the glass', 'the daemon gives no seed for challenges'],
};

describe('shipped scenarios with a daemon on virtual time', () => {
  it.each(shippedScenarios().map((path) => [readScenario(path).name, path]))(
    '%s',
    { timeout: 240_000 },
    async (name, path) => {
      const { complaints, isWhole } = await runWithDaemon(path);
      const [differs] = DIFFERS[name] ?? [];
      expect(complaints).toEqual(differs === undefined ? [] : [differs]);
      if (differs === undefined) expect(isWhole).toBe(true);
    },
  );

  it('differ from the model server in shipped scenarios only', () => {
    const names = shippedScenarios().map((path) => readScenario(path).name);
    expect(Object.keys(DIFFERS).filter((name) => !names.includes(name))).toEqual([]);
  });
});
