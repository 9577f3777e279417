// The contract in the languages of banks: protoc generates it, and each language's own compiler
// takes the result. No package of npm or Debian has the runtime of C#: there the compiler checks
// every name and type against the signatures of that runtime (`protobuf-signatures.cs`).
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PROTO_ROOT } from '@ramz/proto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const SOURCES = globSync('ramz/hsm/v1/*.proto', { cwd: PROTO_ROOT });
/** Where Debian keeps the runtimes of protobuf. */
const [JAVA_RUNTIME, GO_RUNTIME] = ['/usr/share/java/protobuf.jar', '/usr/share/gocode'];
const PYTHON = '/usr/bin/python3';
const SIGNATURES = fileURLToPath(new URL('./protobuf-signatures.cs', import.meta.url));
/** Generated code has a second form for compilers that know spans; mcs does not. */
const WITHOUT_SPANS = '-define:GOOGLE_PROTOBUF_REFSTRUCT_COMPATIBILITY_MODE';

const isThere = (program: string) => spawnSync('which', [program]).status === 0;
const missing = (...needed: readonly string[]) =>
  ['protoc', ...needed].filter((one) => (one.startsWith('/') ? !existsSync(one) : !isThere(one)));
const hasPython = () => spawnSync(PYTHON, ['-c', 'import google.protobuf']).status === 0;

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'ramz-languages-'));
});
afterAll(() => rmSync(dir, { recursive: true }));

/** Generates the contract for a language. Returns the folder with the generated files. */
function generate(language: 'go' | 'java' | 'python' | 'csharp'): string {
  const to = join(dir, language, 'src');
  mkdirSync(to, { recursive: true });
  execFileSync('protoc', ['-I.', `--${language}_out=${to}`, ...SOURCES], { cwd: PROTO_ROOT });
  return to;
}

const LANGUAGES = {
  go: missing('protoc-gen-go', 'go', GO_RUNTIME),
  java: missing('javac', JAVA_RUNTIME),
  python: hasPython() ? missing() : ['protobuf for Python'],
  csharp: missing('mcs'),
};
const lacks = (language: keyof typeof LANGUAGES) => {
  const missed = LANGUAGES[language].join(', ');
  return missed && ` (skipped: there is no ${missed})`;
};

describe('the contract, generated and compiled for', { timeout: 240_000 }, () => {
  it.skipIf(LANGUAGES.go.length > 0)(`go${lacks('go')}`, () => {
    generate('go');
    const env = { ...process.env, GO111MODULE: 'off', GOPATH: `${join(dir, 'go')}:${GO_RUNTIME}` };
    execFileSync('go', ['build', 'ramz/hsm/v1'], { cwd: dir, env: { ...env, GOCACHE: join(dir, 'go-cache') } });
  });

  it.skipIf(LANGUAGES.java.length > 0)(`java${lacks('java')}`, () => {
    const cwd = generate('java');
    const files = globSync('**/*.java', { cwd });
    expect(files).toContain('ramz/hsm/v1/VerifyRequest.java');
    execFileSync('javac', ['-nowarn', '-cp', JAVA_RUNTIME, '-d', join(dir, 'classes'), ...files], { cwd });
  });

  it.skipIf(LANGUAGES.python.length > 0)(`python${lacks('python')}`, () => {
    const program = [
      'from ramz.hsm.v1 import verification_pb2, key_pb2, event_pb2',
      "request = verification_pb2.VerifyRequest(request_id='r-1', code='12345678')",
      'print(verification_pb2.VerifyRequest.FromString(request.SerializeToString()).request_id)',
      "print(event_pb2.EventKind.Value('EVENT_KIND_LOCKED'), key_pb2.KeyState.Value('KEY_STATE_ACTIVE'))",
    ];
    const said = execFileSync(PYTHON, ['-c', program.join('\n')], { cwd: generate('python'), encoding: 'utf8' });
    expect(said).toBe('r-1\n3 2\n');
  });

  it.skipIf(LANGUAGES.csharp.length > 0)(`csharp${lacks('csharp')}`, () => {
    const cwd = generate('csharp');
    const files = globSync('*.cs', { cwd });
    const out = `-out:${join(dir, 'contract.dll')}`;
    execFileSync('mcs', ['-target:library', '-nowarn:1591', WITHOUT_SPANS, out, SIGNATURES, ...files], { cwd });
    // Seen to fail: without one of the files, its names are missing.
    const fewer = files.filter((file) => file !== 'Subject.cs');
    const incomplete = spawnSync('mcs', ['-target:library', WITHOUT_SPANS, out, SIGNATURES, ...fewer], { cwd });
    expect([incomplete.status, String(incomplete.stderr)]).toEqual([1, expect.stringContaining('Purpose')]);
    expect(execFileSync('grep', ['-c', 'namespace Ramz.Hsm.V1', 'Key.cs'], { cwd, encoding: 'utf8' })).toBe('1\n');
  });
});
