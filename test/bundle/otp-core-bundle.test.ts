// The library in a browser: one file without any of Node's modules, small, and running where there is nothing
// but the language and WebAssembly.
import { fileURLToPath } from 'node:url';
import { createContext, runInContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';

const INDEX = fileURLToPath(new URL('../../libs/otp-core/src/index.ts', import.meta.url));
const GZIP_BYTES_MAX = 20_000;

async function bundle(code: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: {
      contents: code.replace('@ramz/otp-core', INDEX),
      resolveDir: fileURLToPath(new URL('.', import.meta.url)),
      loader: 'ts',
    },
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    globalName: 'otp',
    platform: 'browser',
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

describe('the browser bundle', () => {
  it('is under 20 kB gzipped, kernels and all', async () => {
    const size = gzipped(await bundle("export * from '@ramz/otp-core'"));
    process.stdout.write(`the whole of otp-core: ${size} bytes gzipped\n`);
    expect(size).toBeLessThan(GZIP_BYTES_MAX);
  });

  it('shakes: who only reads codes gets neither hashes nor kernels', async () => {
    expect(gzipped(await bundle("export { parseCode } from '@ramz/otp-core'"))).toBeLessThan(1_000);
    expect(gzipped(await bundle("export { parseOcraSuite } from '@ramz/otp-core'"))).toBeLessThan(2_000);
  });

  it.each([
    ['with WebAssembly', { WebAssembly, atob }],
    ['without', { atob }],
  ])('runs where there is nothing else, %s', async (_, globals) => {
    const text = await bundle("export * from '@ramz/otp-core'");
    expect(runInContext(`${text}; ${CALL}`, createContext({ ...globals }))).toBe('755224,1,1');
  });
});
