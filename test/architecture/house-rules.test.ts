// What lint cannot say of the house.
import { describe, expect, it } from 'vitest';
import { filesLike, readFile as read, source } from './source-files.ts';

const files = filesLike('*.ts');
const matching = (among: readonly string[], pattern: RegExp) => among.filter((file) => pattern.test(read(file)));
const optionalDependencies = (manifest: string) =>
  Object.keys((JSON.parse(read(manifest)) as { optionalDependencies?: object }).optionalDependencies ?? {});

describe('the house', () => {
  it('has source files to look at', () => {
    expect(source.length).toBeGreaterThan(80);
  });

  it('no file is longer than 300 lines, and the middle one is near 50', () => {
    const lengths = source.map((file) => read(file).split('\n').length).sort((a, b) => a - b);
    expect(lengths.at(-1)).toBeLessThanOrEqual(300);
    expect(lengths[Math.floor(lengths.length / 2)]).toBeLessThanOrEqual(100);
  });

  it('files are named in kebab case', () => {
    expect(files.filter((file) => !/^[a-z0-9-]+(\.[a-z0-9-]+)*\.ts$/.test(file.split('/').at(-1) ?? ''))).toEqual([]);
  });

  it('no room is called common, shared or utils', () => {
    expect(files.filter((file) => /(^|\/)(common|shared|utils?|helpers?)(\/|\.)/.test(file))).toEqual([]);
  });

  it('domain code takes time and randomness as arguments', () => {
    const domain = source.filter((file) =>
      /\/(domain|time|firmware|physics)\/|^libs\/(otp-core|otp-fast|custody|audit-log\/src\/(entries|tree))\//.test(
        file,
      ),
    );
    expect(
      matching(domain, /Date\.now|Math\.random|new Date\(\)|performance\.now|randomBytes|getRandomValues|from 'node:/),
    ).toEqual([]);
  });

  it('decorators stand in front/ only', () => {
    const outside = source.filter((file) => !file.includes('/front/'));
    expect(matching(outside, /^\s*@(Controller|Module|Inject|Injectable|Catch|GrpcMethod)\(/m)).toEqual([]);
  });

  it('an RPC is declared with its roles and its guard, and in no other way', () => {
    expect(matching(source, /@GrpcMethod\(|\bGrpcMethod\(/)).toEqual([
      'apps/hsm-daemon/src/front/access/rpc.decorator.ts',
    ]);
    expect(matching(source, /@GrpcStreamCall\(/)).toEqual([
      'apps/hsm-daemon/src/front/verification/verify-stream.grpc.ts',
    ]);
  });

  it('no timer is on the path of a verification: neither at the wall nor in the vault', () => {
    const path = source.filter((file) => /\/(boundary|vault|front\/verification|front\/access)\//.test(file));
    // The end of a turn of the event loop is no time: nothing is waited for.
    expect(matching(path, /setTimeout|setInterval/)).toEqual([]);
  });

  it('nothing but the front and the programs write to a log, and no log line takes a request', () => {
    const logging = matching(source, /logger\.(trace|debug|info|warn|error|fatal)\(/);
    expect(logging.toSorted()).toEqual([
      'apps/hsm-daemon/src/front/budgets/failure-limiter.ts',
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

  it('no file imports an optional package: npm leaves it out where it cannot be compiled, and its types with it', () => {
    const optional = filesLike('*package.json').flatMap(optionalDependencies);
    expect(optional).toContain('pkcs11js');
    expect(matching(files, new RegExp(`(from|import) ?\\(?'(${optional.join('|')})'`))).toEqual([]);
  });

  it('packages import each other through their doors', () => {
    // Those with more doors: what many messages want, who writes an engine, and keys that are derived, a browser need not carry.
    expect(matching(source, /from '@ramz\/(?!otp-core\/(messages|engine)'|otp-fast\/deriving')[a-z-]+\//)).toEqual([]);
  });
});
