// The library in a browser: one small file without any of Node's modules. It runs with nothing but
// the language, with WebAssembly, without it, or under a policy that forbids it.
import { fileURLToPath } from 'node:url';
import { createContext, runInContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const GZIP_BYTES_MAX = 20_000;

async function bundle(code: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: {
      contents: code,
      resolveDir: ROOT,
      loader: 'ts',
    },
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    globalName: 'otp',
    platform: 'browser',
    conditions: ['@ramz/source'],
    target: 'es2022',
  });
  return outputFiles[0]?.text ?? '';
}

const gzipped = (text: string) => gzipSync(text, { level: 9 }).length;

const CALL = `
  const seed = Uint8Array.from('12345678901234567890', (c) => c.charCodeAt(0));
  const key = otp.HmacKey.from('sha1', otp.Secret.copy(seed));
  const code = otp.hotp(key, 0, otp.hotpDigits(6));
  [otp.formatCode(code), otp.matchWindow(key, code, 0, 31), otp.resynchronise(key, [code, otp.hotp(key, 1, code.digits)], 0, 9, -1)].join();
`;

const CORE = "export * from '@ramz/otp-core'";
const WITH_FAST = `${CORE};
  import { chooseEngine, engineInUse } from '@ramz/otp-core/engine'; import { fastEngine } from '@ramz/otp-fast';
  chooseEngine(fastEngine); export { engineInUse }`;

/** WebAssembly under a policy without `wasm-unsafe-eval`: present, but it compiles nothing. */
const FORBIDDEN = {
  validate: () => true,
  Module: class {
    constructor() {
      throw new Error('refused to compile or instantiate WebAssembly because of the policy of this page');
    }
  },
};

describe('the browser bundle', () => {
  it('is under 20 kB gzipped, and so is otp-fast', async () => {
    for (const [name, code] of Object.entries({ 'otp-core': CORE, 'otp-fast': "export * from '@ramz/otp-fast'" })) {
      const size = gzipped(await bundle(code));
      process.stdout.write(`the whole of ${name}: ${size} bytes gzipped\n`);
      expect(size).toBeLessThan(GZIP_BYTES_MAX);
    }
  });

  it('is tree-shaken: code that only parses gets neither hashes nor engines', async () => {
    expect(gzipped(await bundle("export { parseCode } from '@ramz/otp-core'"))).toBeLessThan(1_000);
    expect(gzipped(await bundle("export { parseOcraSuite } from '@ramz/otp-core'"))).toBeLessThan(2_000);
  });

  it('contains no WebAssembly with the default engine', async () => {
    expect(await bundle(CORE)).not.toContain('WebAssembly');
    expect(await bundle(WITH_FAST)).toContain('WebAssembly');
  });

  const engines = { noble: CORE, fast: WITH_FAST };
  const places = {
    'with WebAssembly': { WebAssembly },
    'without it': {},
    'where a policy forbids it': { WebAssembly: FORBIDDEN },
  };
  it.each(
    Object.entries(engines).flatMap(([engine, code]) =>
      Object.entries(places).map(([place, globals]) => [engine, place, code, globals] as const),
    ),
  )('runs in an empty context: %s, %s', async (engine, _, code, globals) => {
    const text = await bundle(code);
    // Hides the empty context's own WebAssembly, to stand for a browser without it.
    const context = createContext({ WebAssembly: undefined, ...globals, TextEncoder, TextDecoder });
    expect(runInContext(`${text}; ${CALL}`, context)).toBe('755224,1,1');
    if (engine === 'fast') expect(runInContext('otp.engineInUse().name', context)).toBe('fast');
  });

  it('runs in a context that compiles no WebAssembly', async () => {
    const context = createContext({ TextEncoder, TextDecoder }, { codeGeneration: { strings: false, wasm: false } });
    expect(() =>
      runInContext('new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]))', context),
    ).toThrow('Wasm code generation disallowed');
    expect(runInContext(`${await bundle(WITH_FAST)}; ${CALL}`, context)).toBe('755224,1,1');
  });
});
