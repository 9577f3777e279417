// The live realm: the bank's own certificates, no rehearsal, no shares of the test realm.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { RamzClient } from '@ramz/client';
import { sealEnvelope, sharingScheme } from '@ramz/custody';
import { Secret } from '@ramz/otp-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureAuthority } from '../../apps/hsm-daemon/src/front/access/test-authority.ts';
import { PersonKeys } from '../../libs/client/src/people/person-keys.ts';
import { Seat, type SeatActions } from '../../libs/client/src/people/seat.ts';
import { VaultLine } from '../../libs/client/src/people/vault-line.ts';
import type { Announcement } from '../../libs/custody/src/ceremony/announcement.ts';
import { Lab } from '../harness/lab.ts';

const CUSTODIANS = ['ada', 'bea'];
let rehearsed: Lab;
let lab: Lab;
const paper = new Map<string, Buffer>();
const lines = new Map<string, VaultLine>();
beforeAll(async () => {
  rehearsed = await Lab.start('real', 'sealed');
  lab = new Lab();
  await ensureAuthority(lab.dataDir, 'live');
  await lab.startDaemon('real', ['--realm', 'live']);
  for (const name of [...CUSTODIANS, 'op']) {
    const role = name === 'op' ? 'operator' : 'custodian';
    const keys = await PersonKeys.make(name, role, 'live');
    lines.set(
      name,
      new VaultLine(new RamzClient({ ...lab.daemon, caller: role }), keys, [], () => Promise.resolve(true)),
    );
  }
});
afterAll(async () => {
  for (const line of lines.values()) (line.wire as RamzClient).close();
  await lab[Symbol.asyncDispose]();
  await rehearsed[Symbol.asyncDispose]();
});

const line = (name: string) => lines.get(name) as VaultLine;
const table = (name: string): SeatActions => ({
  compareRoster: () => Promise.resolve(true),
  writeDown: (share) => Promise.resolve(void paper.set(name, Buffer.from(share.expose()))),
  typeShare: (scheme) => Promise.resolve(sharingScheme(scheme).read(Secret.copy(paper.get(name) ?? Buffer.alloc(0)))),
});
async function play(): Promise<Announcement> {
  const seats = [...lines].map(([name, one]) => ({ one, seat: new Seat(one, table(name)) }));
  for (;;) {
    for (const { one, seat } of seats) {
      const now = await seat.serve(await one.look());
      if (['finalised', 'aborted'].includes(now.ceremony?.phase ?? '')) return now;
    }
  }
}

describe('a live daemon', () => {
  it('holds its first ceremony with live keys only', async () => {
    const plan = { kind: 'initialise', scheme: 'slip39', threshold: 2, custodians: CUSTODIANS } as const;
    const testKeys = await PersonKeys.make('op', 'operator', 'test');
    const confused = new VaultLine(line('op').wire, testKeys, [], () => Promise.resolve(true));
    await expect(confused.look()).rejects.toThrow('this key file is of the test realm, the daemon of live');
    await line('op').say({ type: 'open', plan, person: line('op').keys.person });
    expect((await play()).state).toBe('sealed');
  });

  it('rejects a share of the test realm and accepts its own', async () => {
    const { holders } = await line('ada').look();
    await line('ada').propose(
      { name: 'open-ceremony', plan: { kind: 'unseal', scheme: 'slip39', threshold: 2, custodians: holders } },
      30,
    );
    const { ceremony } = await line('ada').look();
    const sessionKey = Buffer.from(ceremony?.session_key ?? '', 'hex');
    const testShare = rehearsed.people().share('custodian-1');
    const envelope = await sealEnvelope('share-to-vault', sessionKey, testShare, `${ceremony?.id}/ada`);
    const words = {
      type: 'give',
      ceremony: ceremony?.id ?? '',
      envelope: createHash('sha256').update(envelope).digest('hex'),
    } as const;
    await expect(line('ada').say(words, envelope)).rejects.toThrow('it is a share of the other realm, not of live');
    expect((await play()).state).toBe('operational');
  });

  it('cannot force a self-test to fail, and needs a passphrase for key files', async () => {
    await expect(new RamzClient({ ...lab.daemon, caller: 'operator' }).selfTests('hotp')).rejects.toMatchObject({
      code: 'INVALID_ARGUMENT',
    });
    const path = join(lab.dataDir, 'x.json');
    await expect(line('ada').keys.save(path, undefined)).rejects.toThrow('needs a passphrase');
    expect(existsSync(path)).toBe(false);
  });

  it('never opens in the test realm, nor the reverse', async () => {
    await lab.stopDaemon();
    await lab.startDaemon('real', ['--realm', 'test']);
    const client = new RamzClient({ ...lab.daemon, caller: 'auditor' });
    // Certificates of the live realm name no role in the test realm.
    await expect(client.status()).rejects.toMatchObject({ code: 'PERMISSION_DENIED' });
    client.close();
  });

  it('does not open its vault to a debugger', async () => {
    const debugged = new Lab();
    await ensureAuthority(debugged.dataDir, 'live');
    const start = debugged.startDaemon('real', ['--realm', 'live', '--debug-vault', '0']);
    await expect(start).rejects.toThrow('--debug-vault exists in the test realm only');
    await debugged[Symbol.asyncDispose]();
  });

  it("does not start without the bank's certificates", async () => {
    const bare = new Lab();
    await expect(bare.startDaemon('real', ['--realm', 'live'])).rejects.toThrow('ended with 78');
    await bare[Symbol.asyncDispose]();
  });
});
