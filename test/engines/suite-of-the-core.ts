// The library's own tests, all of them, with another engine under it than the one it brings.
import { globSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chooseEngine, engineInUse, nobleEngine, type OtpEngine } from '@ramz/otp-core/engine';
import { afterAll, expect, it } from 'vitest';

const CORE = fileURLToPath(new URL('../../libs/otp-core/src/', import.meta.url));

export async function suiteOfTheCore(engine: OtpEngine): Promise<void> {
  chooseEngine(engine);
  it(`runs on ${engine.name}`, () => expect(engineInUse()).toBe(engine));
  // By a name of its own: a file that another suite of this process imported would declare its tests only there.
  for (const file of globSync('**/*.test.ts', { cwd: CORE })) await import(`${CORE}${file}?engine=${engine.name}`);
  afterAll(() => {
    expect(engineInUse()).toBe(engine);
    chooseEngine(nobleEngine);
  });
}
