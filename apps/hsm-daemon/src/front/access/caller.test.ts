import { describe, expect, it } from 'vitest';
import { AccessRefused } from './access-refused.ts';
import { callerFrom } from './caller.ts';

const certificate = (...names: string[]) => ({
  subject: { CN: 'caller' } as never,
  subjectaltname: names.map((name) => `URI:urn:ramz:${name}`).join(', '),
});

describe('the caller in a certificate', () => {
  it('has a role, a channel and rights', () => {
    expect(callerFrom(certificate('test:role:channel', 'test:channel:pos', 'test:right:diagnose'), 'test')).toEqual({
      name: 'caller',
      role: 'channel',
      channel: 'pos',
      diagnose: true,
    });
    expect(callerFrom(certificate('test:role:operator'), 'test')).toMatchObject({ role: 'operator', diagnose: false });
  });

  it.each([
    ['no name', []],
    ['a role of another realm', ['live:role:operator']],
    ['an unknown role', ['test:role:root']],
    ['a channel role without a channel', ['test:role:channel']],
    ['a channel of another realm', ['test:role:channel', 'live:channel:pos']],
    ['a channel for an operator', ['test:role:operator', 'test:channel:pos']],
    ['a role hidden in a longer name', ['test:role:operatorx']],
  ])('%s: refused', (_, names) => {
    expect(() => callerFrom(certificate(...names), 'test')).toThrow(AccessRefused);
  });
});
