import { describe, expect, it } from 'vitest';
import { AccessRefused } from '../errors/front-errors.ts';
import { callerFrom } from './caller.ts';

const CLIENT_AUTH = '1.3.6.1.5.5.7.3.2';
const certificate = (...names: string[]) => ({
  subject: { CN: 'caller' } as never,
  ext_key_usage: [CLIENT_AUTH],
  subjectaltname: names.map((name) => `URI:urn:ramz:${name}`).join(', '),
});

describe('the caller in a certificate', () => {
  it('has a role, a channel and rights', () => {
    expect(callerFrom(certificate('test:role:channel', 'test:channel:pos', 'test:right:diagnose'), 'test')).toEqual({
      name: 'caller',
      role: 'channel',
      channel: 'pos',
      diagnose: true,
      resyncBack: false,
      anyBranch: false,
      branch: undefined,
      group: 'caller',
    });
    const shared = certificate(
      'test:role:channel',
      'test:channel:atm',
      'test:group:bank-1',
      'test:right:resynchronise-back',
    );
    expect(callerFrom(shared, 'test')).toMatchObject({ resyncBack: true, group: 'bank-1', diagnose: false });
    expect(callerFrom(certificate('test:role:operator'), 'test')).toMatchObject({ role: 'operator', diagnose: false });
    const branch = ['test:role:channel', 'test:channel:branch'];
    expect(callerFrom(certificate(...branch, 'test:branch:12'), 'test')).toMatchObject({
      branch: '12',
      anyBranch: false,
    });
    expect(callerFrom(certificate(...branch, 'test:right:any-branch'), 'test')).toMatchObject({ anyBranch: true });
  });

  it.each([
    ['no name', []],
    ['a role of another realm', ['live:role:operator']],
    ['an unknown role', ['test:role:root']],
    ['a channel role without a channel', ['test:role:channel']],
    ['a channel of another realm', ['test:role:channel', 'live:channel:pos']],
    ['a channel for an operator', ['test:role:operator', 'test:channel:pos']],
    ['a role hidden in a longer name', ['test:role:operatorx']],
    ['two roles', ['test:role:operator', 'test:role:custodian']],
    ['two groups', ['test:role:operator', 'test:group:a', 'test:group:b']],
    ['a group with a character that is not allowed', ['test:role:operator', 'test:group:A B']],
    ['two branches', ['test:role:channel', 'test:channel:branch', 'test:branch:1', 'test:branch:2']],
    ['a branch at an ATM', ['test:role:channel', 'test:channel:atm', 'test:branch:1']],
    ['any branch for the core', ['test:role:core', 'test:right:any-branch']],
    ['two channels', ['test:role:channel', 'test:channel:pos', 'test:channel:atm']],
  ])('rejects %s', (_, names) => {
    expect(() => callerFrom(certificate(...names), 'test')).toThrow(AccessRefused);
  });

  it.each([[undefined], [[]], [['1.3.6.1.5.5.7.3.1']]])('rejects the key usage %j', (extKeyUsage) => {
    const other = { ...certificate('test:role:operator'), ext_key_usage: extKeyUsage } as never;
    expect(() => callerFrom(other, 'test')).toThrow('clientAuth');
  });

  it('reads a name with a comma as one name: Node escapes the comma', () => {
    const crafted = {
      ext_key_usage: [CLIENT_AUTH],
      subject: { CN: 'x' } as never,
      subjectaltname: 'URI:"urn:x\\u002c URI:urn:ramz:test:role:operator"',
    };
    expect(() => callerFrom(crafted, 'test')).toThrow(AccessRefused);
  });

  it.each([[''], ['x'.repeat(65)], ['line\nbreak'], ['نام']])('rejects the common name %j', (CN) => {
    expect(() => callerFrom({ ...certificate('test:role:operator'), subject: { CN } as never }, 'test')).toThrow(
      AccessRefused,
    );
  });
});
