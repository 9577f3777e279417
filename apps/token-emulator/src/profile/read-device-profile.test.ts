import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { ProfileError, readDeviceProfile, shippedDeviceProfiles } from './read-device-profile.ts';

const CLASSIC = readFileSync(fileURLToPath(new URL('../../profiles/classic-time.yaml', import.meta.url)), 'utf8');

function read(text: string) {
  const folder = mkdtempSync(join(tmpdir(), 'ramz-profile-'));
  const path = join(folder, 'p.yaml');
  try {
    writeFileSync(path, text);
    return readDeviceProfile(path);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('device profiles', () => {
  it.each(shippedDeviceProfiles())('%s: has a source for every number', (name) => {
    const { profile, numbers } = readDeviceProfile(name);
    expect(profile.name).toBe(name);
    expect(numbers.length).toBeGreaterThan(25);
  });

  it.each([
    ['a number without a source', CLASSIC.replace('{ is: 30, source: A }', '30'), /display\.auto_off_s: write it as/],
    ['an invalid source', CLASSIC.replace('source: A', 'source: Z'), /source: A\|B\|C\|D\|assumption/],
    ['an unknown field', `${CLASSIC}\nshade: red\n`, /shade/],
    ['a number out of its range', CLASSIC.replace('is: 30,', 'is: 3000,'), /display\.auto_off_s/],
    ['no YAML at all', ']', /p\.yaml/],
  ])('rejects %s, naming file and place', (_, text, sentence) => {
    expect(() => read(text)).toThrow(ProfileError);
    expect(() => read(text)).toThrow(sentence);
  });

  it('lists the shipped profiles for an unknown name', () => {
    expect(() => readDeviceProfile('nonsense')).toThrow(/classic-time/);
  });
});
