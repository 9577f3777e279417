import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterAll, describe, expect, it } from 'vitest';
import type { DaemonConfig } from './daemon-config.ts';
import { DAEMON_OPTIONS, OPTION_TEXTS, type Program, snakeName } from './daemon-options.ts';
import { addOptions, configOf } from './option-flags.ts';

const folder = mkdtempSync(join(tmpdir(), 'ramz-options-'));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
function fileOf(text: string): string {
  files += 1;
  const path = join(folder, `${files}.yaml`);
  writeFileSync(path, text);
  return path;
}

function told(program: Program, ...argv: string[]): DaemonConfig {
  const command = addOptions(new Command().exitOverride().configureOutput({ writeErr: () => {} }), program);
  return configOf(command.parse(argv, { from: 'user' }), program);
}

describe('the options of the daemon', () => {
  it('each have a flag with their name, a help text and a program', () => {
    for (const [name, schema] of Object.entries(DAEMON_OPTIONS.shape)) {
      const { flag = '', help = '', of = [] } = OPTION_TEXTS.get(schema) ?? {};
      expect(flag.split(' ')[0]).toBe(`--${snakeName(name).replaceAll('_', '-')}`);
      expect([help.length > 10, of.length > 0]).toEqual([true, true]);
    }
  });

  it('have the defaults shown in the help, and absolute paths', () => {
    const { port, tls, unseal, otpEngine, dataDir, anchor, database, metricsPort } = told('daemon');
    expect({ port, tls, unseal, otpEngine, database, metricsPort }).toEqual({
      port: 50_551,
      tls: '1.3',
      unseal: 'shares',
      otpEngine: 'fast',
      database: [],
      metricsPort: undefined,
    });
    expect([dataDir, anchor]).toEqual([join(process.cwd(), '.ramz'), join(process.cwd(), '.ramz', 'anchor')]);
  });

  it('take flags before the environment, the environment before a file, and a file before the defaults', () => {
    const path = fileOf('port: 1\nhost: 127.0.0.9\ntrace_ratio: 0.25\ndatabase: [postgres://a@127.0.0.1/x]\n');
    expect(told('daemon', '--config', path)).toMatchObject({ port: 1, host: '127.0.0.9', traceRatio: 0.25 });
    expect(told('daemon', '--config', path).database).toHaveLength(1);
    process.env['RAMZ_PORT'] = '2';
    process.env['RAMZ_CONFIG'] = path;
    try {
      expect(told('daemon')).toMatchObject({ port: 2, host: '127.0.0.9' });
      // A flag counts even when it equals the default.
      expect(told('daemon', '--port', '50551')).toMatchObject({ port: 50_551 });
    } finally {
      delete process.env['RAMZ_PORT'];
      delete process.env['RAMZ_CONFIG'];
    }
  });

  it('of two users may share one file: each program takes its own', () => {
    const path = fileOf(
      'socket: /run/ramz/vault.sock\nvault_user: 7\nport: 0\nunseal: pkcs11\npkcs11: /etc/ramz/token\n',
    );
    expect(told('front', '--config', path)).toMatchObject({ vaultUser: 7, port: 0, unseal: 'shares' });
    expect(told('vault', '--config', path)).toMatchObject({ unseal: 'pkcs11', socket: '/run/ramz/vault.sock' });
    expect(() => told('daemon', '--config', path)).toThrow(':1: socket: is for ramz-front and ramz-vault');
    expect(() => told('front', '--socket', '/s')).toThrow('--vault-user <uid> is required');
    expect(() => told('vault')).toThrow('--socket <path> is required');
  });

  it.each([
    ['prot: 1', ':1: prot: there is no such field'],
    ['dataDir: x', 'dataDir: there is no such field'],
    ['data-dir: x', 'data-dir: there is no such field'],
    ['__proto__: { port: 1 }', '__proto__: there is no such field'],
    ['port: 1\nrestore: true', ':2: restore: can only be given as a flag'],
    ['new_identity: true', 'can only be given as a flag'],
    ['fail_self_test: hotp', 'can only be given as a flag'],
    ['port: 70000', 'port: a port is a number from 0 to 65535, without quotes'],
    ['port: "1"', 'port: a port is a number from 0 to 65535, without quotes'],
    ['metrics_port: 1.5', 'metrics_port: a port is a number'],
    ['trace_ratio: x', 'trace_ratio: is 0 to 1'],
    ['data_dir:', 'data_dir: is a text'],
    ['data_dir: ""', 'data_dir: is empty'],
    ['database: { host: x }', 'database: is an address, or a list of them'],
    ['[1]', 'holds no names and values: write an option a line'],
    ['!!omap [realm: live]', 'holds no names and values'],
    ['!!set { realm }', 'holds no names and values'],
    ['!!timestamp 2001-01-01', 'holds no names and values'],
    ['!foo { realm: live }', 'Unresolved tag'],
    ['a: [', 'Flow sequence'],
    ['port: 1\nport: 2', ':2: this name was given a value before'],
    ['port: &a 1\nmetrics_port: *a', 'without anchors and aliases'],
    ['port: 1\n---\nport: 2', 'a second document begins here'],
  ])('rejects a file with %s', (text, why) => {
    const path = fileOf(text);
    expect(() => told('daemon', '--config', path)).toThrow(why);
    expect(() => told('daemon', '--config', path)).toThrow(path);
  });

  it('are read from a file as people write them', () => {
    const path = fileOf('tls: 1.2\ndatabase: postgres://a@127.0.0.1/x,postgres://a@127.0.0.1/y\n');
    const { tls, database } = told('daemon', '--config', path);
    expect([tls, database.map((one) => one.database)]).toEqual(['1.2', ['x', 'y']]);
  });

  it('are not set by an empty variable', () => {
    const names = ['RAMZ_PORT', 'RAMZ_TRACE_RATIO', 'RAMZ_DATABASE', 'RAMZ_OTP_ENGINE', 'RAMZ_CONFIG'];
    for (const name of names) process.env[name] = '';
    try {
      expect(told('daemon')).toMatchObject({ port: 50_551, traceRatio: 1, database: [], otpEngine: 'fast' });
    } finally {
      for (const name of names) delete process.env[name];
    }
  });

  it('rejects a named file that is empty or missing', () => {
    expect(() => told('daemon', '--config', fileOf('# nothing\n'))).toThrow('holds no names and values');
    expect(() => told('daemon', '--config', join(folder, 'none.yaml'))).toThrow('there is no such file');
  });
});
