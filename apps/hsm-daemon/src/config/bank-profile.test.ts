import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readBankProfile } from './bank-profile.ts';
import { profilePath } from './daemon-config.ts';

describe('the bank profile', () => {
  let dir: string;
  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'ramz-profile-'));
  });
  afterAll(() => rmSync(dir, { recursive: true }));

  const readChanged = (change: (yaml: string) => string) => {
    const path = join(dir, 'changed.yaml');
    writeFileSync(path, change(readFileSync(profilePath('maskan'), 'utf8')));
    return readBankProfile(path);
  };

  it('maskan: M-8, M-9, M-10, M-12, M-15, M-36, D-1', () => {
    const { purposes } = readBankProfile(profilePath('maskan'));
    const common = { period_s: 60, accepted_past_steps: 1, tries_max: 5, tries_interval_ms: 86_400_000 };
    expect(purposes['first-pin']).toMatchObject({ digits: 4, ...common });
    expect(purposes['second-pin']).toMatchObject({ digits: 8, ...common });
  });

  it.each([
    ['an unknown field', (yaml: string) => `${yaml}colour: red\n`, /Unrecognized key.*colour/],
    ['a number out of range', (yaml: string) => yaml.replace('digits: 8', 'digits: 3'), /purposes\.second-pin\.digits/],
    [
      'a missing number',
      (yaml: string) => yaml.replace('    tries_max: 5 # M-15\n', ''),
      /purposes\.first-pin\.tries_max/,
    ],
    ['no YAML', () => 'a: [', /changed\.yaml/],
  ])('%s is one sentence with the file and the field', (_, change, sentence) => {
    expect(() => readChanged(change)).toThrow(sentence);
  });
});
