// Runs all of the library's own tests on another engine than its default one.
import { globSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chooseEngine, engineInUse, nobleEngine, type OtpEngine } from '@ramz/otp-core/engine';
import { afterAll, expect, it } from 'vitest';

const CORE = fileURLToPath(new URL('../../libs/otp-core/src/', import.meta.url));

export async function suiteOfTheCore(engine: OtpEngine): Promise<void> {
  chooseEngine(engine);
  it(`runs on ${engine.name}`, () => expect(engineInUse()).toBe(engine));
  // A query makes each import unique: a cached module would declare its tests only in the suite
  // that imported it first.
  for (const file of globSync('**/*.test.ts', { cwd: CORE })) await import(`${CORE}${file}?engine=${engine.name}`);
  afterAll(() => {
    expect(engineInUse()).toBe(engine);
    chooseEngine(nobleEngine);
  });
}
