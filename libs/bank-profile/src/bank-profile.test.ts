import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readBankProfile } from './bank-profile.ts';
import { profilePath } from './shipped-profiles.ts';

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

  it('maskan: M-6 to M-10, M-12, M-15, M-36, D-1, D-2', () => {
    const { purposes, card } = readBankProfile(profilePath('maskan'));
    const common = {
      periodSeconds: 60,
      acceptedPastSteps: 1,
      triesMax: 5,
      triesIntervalMs: 86_400_000,
      slowTriesMax: 100,
      slowTriesIntervalMs: 30 * 86_400_000,
    };
    expect(purposes['first-pin']).toMatchObject({ digits: 4, channels: ['pos', 'atm', 'branch'], ...common });
    expect(purposes['second-pin']).toMatchObject({ digits: 8, ...common });
    expect(purposes['second-pin']?.channels).not.toContain('pos');
    expect(card).toEqual({ triesMax: 10, triesIntervalMs: 86_400_000 });
  });

  it('sepah: S-5, S-15: codes of customers, in the internet bank and the mobile bank', () => {
    const { purposes } = readBankProfile(profilePath('sepah'));
    const common = { subject: 'customer', channels: ['internet-bank', 'mobile-bank'] };
    expect(purposes).toMatchObject({ 'channel-login': common, 'transaction-signature': common });
  });

  it('M-11: the life of a code is a setting of the bank', () => {
    const { purposes } = readChanged((yaml) => yaml.replaceAll('accepted_past_steps: 1', 'accepted_past_steps: 2'));
    expect(purposes['second-pin']).toMatchObject({ periodSeconds: 60, acceptedPastSteps: 2 });
  });

  it.each([
    ['nothing', () => '', ':1: it holds no names and values: begin with a copy of a profile that works'],
    ['a list', () => '- name: maskan\n', ':1: it holds no names and values: begin with a copy of a profile that works'],
    [
      'a second document',
      (yaml: string) => `name: maskan\n---\n${yaml}`,
      ':2: a second document begins here: a profile has only one',
    ],
    [
      'a quorum of too many',
      (yaml: string) => yaml.replace('{ operator: 1, custodian: threshold }', '{ operator: 1, custodian: 99 }'),
      'custodian: must be 1 to 16, or threshold',
    ],
    ['an unknown field', (yaml: string) => `shade: red\n${yaml}`, ':1: shade: there is no such field'],
    [
      'a number out of range',
      (yaml: string) => yaml.replace('digits: 8', 'digits: 3'),
      ': purposes.second-pin.digits: must be 4 to 10',
    ],
    [
      'a missing number, at the purpose it is missing from',
      (yaml: string) => yaml.replace('    tries_max: 5 # M-15\n', ''),
      ': purposes.first-pin.tries_max: is missing',
    ],
    [
      'a unit that is missing',
      (yaml: string) => yaml.replace('    period_s: 60 # M-10', '    period: 60'),
      ': purposes.first-pin.period: its unit is missing: write period_s',
    ],
    [
      'widths that do not rise',
      (yaml: string) => yaml.replace('[1, 3, 10]', '[3, 1]'),
      'purposes.first-pin.resync_steps: must increase',
    ],
    [
      'numbers that cannot stand together',
      (yaml: string) => yaml.replace('tries_max: 5 # M-36', 'tries_max: 12'),
      ': purposes.second-pin.tries_max: is never reached: the card locks after 10',
    ],
    [
      'a code that lives for an hour',
      (yaml: string) => yaml.replaceAll('period_s: 60', 'period_s: 1800'),
      'a code would be accepted for 3600 s; at most 600 s',
    ],
    [
      'an unknown channel',
      (yaml: string) => yaml.replace('[pos, atm, branch]', '[pos, moon]'),
      'purposes.first-pin.channels.1: must be of internet-bank',
    ],
    ['a field twice', (yaml: string) => `${yaml}name: other\n`, 'this name was given a value before'],
    [
      'an alias bomb',
      () => `a: &a [x]\nb: &b [${'*a, '.repeat(200)}]\nc: [${'*b, '.repeat(200)}]\n`,
      'without anchors and aliases',
    ],
    ['an alias to nothing', (yaml: string) => `${yaml}x: *none\n`, 'changed.yaml'],
    [
      'a tag of some language',
      (yaml: string) => yaml.replace('name: maskan', "name: !!js/function 'x'"),
      'Unresolved tag',
    ],
    ['no YAML', () => 'a: [', 'changed.yaml:'],
  ])('reports %s in one sentence with file, line and field', (_, change, sentence) => {
    expect(() => readChanged(change)).toThrow(sentence);
  });

  it('names a missing file', () => {
    expect(() => readBankProfile(join(dir, 'none.yaml'))).toThrow('none.yaml');
  });
});
