// Two daemons on one PostgreSQL accept each code once through faults of the database, and a vault
// that does not compare at commit is seen to accept one twice.
import { randomUUID } from 'node:crypto';
import type { RamzClient } from '@ramz/client';
import { describe, expect, it, vi } from 'vitest';
import type { Entry, VerdictEntry } from '../../libs/audit-log/src/entries/entry.ts';
import { decodeEntry } from '../../libs/audit-log/src/entries/entry-codec.ts';
import { expectWithin } from '../harness/busy-machine.ts';
import { healthOf } from '../harness/health-of.ts';
import type { KnownToken } from '../harness/known-token.ts';
import type { Lab } from '../harness/lab.ts';
import type { PostgresServer } from '../harness/postgres.ts';
import { CALLERS, TwoDaemons } from './two-daemons.ts';

describe('two daemons on one PostgreSQL', () => {
  it('are seen to accept a code twice without the comparison at commit (planted)', { timeout: 120_000 }, async () => {
    await using daemons = await TwoDaemons.start('no-compare');
    const accepted = await daemons.race(50);
    expect(Math.max(...accepted)).toBeGreaterThan(1);
  });

  it('seal the other daemon when one rotates keys, until its custodians unseal it', { timeout: 120_000 }, async () => {
    await using daemons = await TwoDaemons.start();
    const { labs } = daemons;
    const [one, other] = labs;
    const people = one.people();
    expect((await people.hold('rotate-seed-master')).ceremony?.phase).toBe('finalised');
    const token = await daemons.enrol(5);
    const bank = other.client('internet-bank');
    await expect(bank.verify(token.request(token.code(), randomUUID()))).rejects.toMatchObject({
      code: 'FAILED_PRECONDITION',
    });
    expect((await other.client('auditor').status()).state).toBe('DAEMON_STATE_SEALED');
    await other.unseal();
    expect((await bank.verify(token.request(token.code(), randomUUID()))).verdict).toBe('VERDICT_ACCEPTED');
  });

  it('return UNAVAILABLE within the deadline while the database hangs, and recover without a restart', {
    timeout: 120_000,
  }, async (context) => {
    await using daemons = await TwoDaemons.start();
    const { labs, servers } = daemons;
    const token = await daemons.enrol(1);
    const bank = labs[0].client('internet-bank');
    const [server] = servers as [PostgresServer];
    server.freeze();
    const beganMs = Date.now();
    await expect(bank.verify(token.request(token.code(), randomUUID()))).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expectWithin(context, Date.now() - beganMs, 9_000, 'the answer of a daemon whose database hangs');
    const { state, storeAnswers } = await labs[0].client('auditor').status();
    expect([state, storeAnswers]).toEqual(['DAEMON_STATE_OPERATIONAL', false]);
    expect(await healthOf(labs[0], '')).toBe('NOT_SERVING');
    server.thaw();
    await server.down('SIGKILL');
    await expect(bank.verify(token.request(token.code(), randomUUID()))).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await server.up();
    // Health must recover without calls: until then a load balancer sends none.
    await vi.waitFor(async () => expect(await healthOf(labs[0], '')).toBe('SERVING'), 15_000);
    const again = () => bank.verify(token.request(token.code(), randomUUID()));
    const { verdict } = await vi.waitFor(again, { timeout: 5_000, interval: 200 });
    expect(verdict).toBe('VERDICT_ACCEPTED');
  });

  it('fail, and make no more decisions, when the database has lost their entries', async () => {
    await using daemons = await TwoDaemons.start();
    const { labs, servers } = daemons;
    const token = await daemons.enrol(1);
    const [one, other] = labs;
    const [server] = servers as [PostgresServer];
    await server.sql(
      'DELETE FROM log WHERE (log_id, first_index) IN (SELECT log_id, max(first_index) FROM log GROUP BY log_id)',
    );
    const refused = one.client('internet-bank').verify(token.request(token.code(), randomUUID()));
    await expect(refused).rejects.toMatchObject({ code: 'FAILED_PRECONDITION' });
    const { state, failure } = await one.client('auditor').status();
    expect([state, failure]).toEqual(['DAEMON_STATE_FAILED', expect.stringContaining('entries that were durable')]);
    const also = other.client('internet-bank').verify(token.request(token.code(), randomUUID()));
    await expect(also).rejects.toMatchObject({ code: 'FAILED_PRECONDITION' });
  });

  it('accept no code twice and lose no ACCEPTED when the primary is killed under load', {
    timeout: 180_000,
  }, async () => {
    await using daemons = await TwoDaemons.start('real', true);
    const { labs, servers } = daemons;
    const clients = daemons.clients();
    const [primary, standby] = servers as [PostgresServer, PostgresServer];
    const tokens: KnownToken[] = [];
    for (let n = 0; n < 300; n++) tokens.push(await daemons.enrol(n));
    // The daemon and log index of each ACCEPTED.
    const accepted: [number, string][] = [];
    const stop = new AbortController();
    const load = async (client: RamzClient, lab: number, from: number) => {
      for (let i = from; !stop.signal.aborted; i++) {
        const token = tokens[i % tokens.length] as KnownToken;
        const answer = await client
          .verify(token.request(token.code(), randomUUID()))
          .catch((error: { code: string }) => ({ verdict: error.code, logIndex: '' }));
        if (answer.verdict === 'VERDICT_ACCEPTED') accepted.push([lab, answer.logIndex]);
        else expect(['VERDICT_REFUSED', 'UNAVAILABLE', 'DEADLINE_EXCEEDED']).toContain(answer.verdict);
      }
    };
    const running = clients.map((client, i) => load(client, Math.floor(i / CALLERS.length), i * 31));
    while (accepted.length < 60) await new Promise((done) => setTimeout(done, 1));
    await primary.down('SIGKILL');
    const before = accepted.length;
    await standby.promote();
    while (accepted.length < before + 60) await new Promise((done) => setTimeout(done, 1));
    stop.abort();
    await Promise.all(running);
    const logs = await Promise.all(labs.map(entriesOf));
    const steps = logs.flat().flatMap((entry) => (isAccepted(entry) ? [`${entry.subject} ${entry.step}`] : []));
    expect(new Set(steps).size).toBe(steps.length);
    const lost = accepted.filter(([lab, index]) => !isAccepted(logs[lab]?.[Number(index)]));
    expect(lost).toEqual([]);
  });
});

function isAccepted(entry: Entry | undefined): entry is VerdictEntry {
  return entry?.kind === 'verdict' && entry.reason === 'accepted';
}

/** Returns the whole log of a daemon, read as an auditor. */
async function entriesOf(lab: Lab): Promise<Entry[]> {
  const auditor = lab.client('auditor');
  const entries: Entry[] = [];
  for (;;) {
    const page = await auditor.entries(entries.length, 1_000);
    entries.push(...page.entries.map((bytes) => decodeEntry(bytes)));
    if (entries.length >= Number(page.logSize)) return entries;
  }
}
