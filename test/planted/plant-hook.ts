// For `node --import`: puts the bug RAMZ_PLANT into the module that it is for, when that is loaded.
// The vault's process is started without an environment and may read its own files only: where it
// is started, this hook goes with it.
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { planted, plantOfThisRun } from './plants.ts';

const HOOK = fileURLToPath(import.meta.url);
const PLANTED = fileURLToPath(new URL('.', import.meta.url));
const plant = plantOfThisRun();

if (plant !== undefined) {
  registerHooks({
    load(url, context, next) {
      const loaded = next(url, context);
      if (!url.startsWith('file:') || typeof loaded.source === 'undefined' || loaded.source === null) return loaded;
      const text = Buffer.from(loaded.source as Uint8Array | string).toString('utf8');
      const changed = url.endsWith('/boundary/spawn-vault.js') ? withHook(text) : planted(url, text, plant);
      return changed === text ? loaded : { ...loaded, source: changed };
    },
  });
}

function withHook(text: string): string {
  const flags = `'--allow-fs-read=${PLANTED}', '--import', '${HOOK}', '--disable-sigusr1'`;
  return text
    .replace("'--disable-sigusr1'", flags)
    .replace('env: {}', `env: { RAMZ_PLANT: '${process.env['RAMZ_PLANT'] ?? ''}' }`);
}
