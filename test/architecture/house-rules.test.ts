// Rules of the repository that lint cannot check.
import { describe, expect, it } from 'vitest';
import { filesLike, readFile as read, source } from './source-files.ts';

const files = filesLike('*.ts');
const matching = (among: readonly string[], pattern: RegExp) => among.filter((file) => pattern.test(read(file)));
const optionalDependencies = (manifest: string) =>
  Object.keys((JSON.parse(read(manifest)) as { optionalDependencies?: object }).optionalDependencies ?? {});

describe('the source', () => {
  it('has files for these tests to check', () => {
    expect(source.length).toBeGreaterThan(80);
  });

  it('has no file over 300 lines, and a median length of at most 100', () => {
    const lengths = source.map((file) => read(file).split('\n').length).sort((a, b) => a - b);
    expect(lengths.at(-1)).toBeLessThanOrEqual(300);
    expect(lengths[Math.floor(lengths.length / 2)]).toBeLessThanOrEqual(100);
  });

  it('names files in kebab case', () => {
    expect(files.filter((file) => !/^[a-z0-9-]+(\.[a-z0-9-]+)*\.ts$/.test(file.split('/').at(-1) ?? ''))).toEqual([]);
  });

  it('has no folder or file called common, shared, utils or helpers', () => {
    expect(files.filter((file) => /(^|\/)(common|shared|utils?|helpers?)(\/|\.)/.test(file))).toEqual([]);
  });

  it('passes time and randomness to domain code as arguments', () => {
    const domain = source.filter((file) =>
      /\/(domain|time|firmware|physics)\/|^libs\/(otp-core|otp-fast|custody|audit-log\/src\/(entries|tree))\//.test(
        file,
      ),
    );
    expect(
      matching(domain, /Date\.now|Math\.random|new Date\(\)|performance\.now|randomBytes|getRandomValues|from 'node:/),
    ).toEqual([]);
  });

  it('uses decorators in front/ only', () => {
    const outside = source.filter((file) => !file.includes('/front/'));
    expect(matching(outside, /^\s*@(Controller|Module|Inject|Injectable|Catch|GrpcMethod)\(/m)).toEqual([]);
  });

  it('declares every RPC with its roles and its guard', () => {
    expect(matching(source, /@GrpcMethod\(|\bGrpcMethod\(/)).toEqual([
      'apps/hsm-daemon/src/front/access/rpc.decorator.ts',
    ]);
    expect(matching(source, /@GrpcStreamCall\(/)).toEqual([
      'apps/hsm-daemon/src/front/verification/verify-stream.grpc.ts',
    ]);
  });

  it('has no timer on the verification path, at the wall or in the vault', () => {
    const path = source.filter((file) => /\/(boundary|vault|front\/verification|front\/access)\//.test(file));
    // setImmediate is allowed: it runs at the end of an event loop turn and waits for no time.
    expect(matching(path, /setTimeout|setInterval/)).toEqual([]);
  });

  it('writes to a log only in the front and the programs', () => {
    const logging = matching(source, /logger\.(trace|debug|info|warn|error|fatal)\(/);
    expect(logging.toSorted()).toEqual([
      'apps/hsm-daemon/src/front/budgets/budget-alarms.ts',
      'apps/hsm-daemon/src/front/connections/expiry-watch.ts',
      'apps/hsm-daemon/src/front/connections/limit-handshakes.ts',
      'apps/hsm-daemon/src/front/connections/open-connections.ts',
      'apps/hsm-daemon/src/front/connections/reload-pki.ts',
      'apps/hsm-daemon/src/front/filters/refusal.filter.ts',
      'apps/hsm-daemon/src/front/health/tell-state.ts',
      'apps/hsm-daemon/src/front/health/watch-vault.ts',
      'apps/hsm-daemon/src/front/telemetry/span-exporter.ts',
      'apps/hsm-daemon/src/main-vault.ts',
      'apps/hsm-daemon/src/run-program.ts',
    ]);
  });

  it('imports no optional package: npm omits it, and its types, where it cannot be compiled', () => {
    const optional = filesLike('*package.json').flatMap(optionalDependencies);
    expect(optional).toContain('pkcs11js');
    expect(matching(files, new RegExp(`(from|import) ?\\(?'(${optional.join('|')})'`))).toEqual([]);
  });

  it('imports other packages only through their entry points', () => {
    // Further entry points keep what a browser does not need out of its bundle: bulk messages, the
    // engine interface, derived keys. Formats that the vault shares with apps.
    expect(
      matching(
        source,
        /from '@ramz\/(?!otp-core\/(messages|engine)'|otp-fast\/deriving'|token-client\/formats')[a-z-]+\//,
      ),
    ).toEqual([]);
  });
});
