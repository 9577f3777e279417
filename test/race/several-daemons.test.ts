// Two daemons on one PostgreSQL: one code, one acceptance, whichever they ask, and whatever becomes of the database.
import { randomUUID } from 'node:crypto';
import type { RamzClient } from '@ramz/client';
import { RecipientKeys } from '@ramz/custody';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Entry, VerdictEntry } from '../../libs/audit-log/src/entries/entry.ts';
import { decodeEntry } from '../../libs/audit-log/src/entries/entry-codec.ts';
import { askAgain } from '../harness/ask-again.ts';
import { cardNumber } from '../harness/cards.ts';
import { healthOf } from '../harness/health-of.ts';
import { KnownToken } from '../harness/known-token.ts';
import { Lab, type VaultKind } from '../harness/lab.ts';
import { PostgresServer } from '../harness/postgres.ts';

const CODES = Number(process.env['RAMZ_RACE_CODES'] ?? 300);
const PARALLEL = 64;
const CALLERS = ['internet-bank', 'mobile-bank', 'fraud-desk'];

describe('two daemons on one PostgreSQL', () => {
  let servers: PostgresServer[];
  let labs: Lab[];
  let keys: RecipientKeys;
  /** Of the first daemon: one connection, however many tokens it enrols. */
  let office: RamzClient;
  beforeEach(async () => {
    servers = [await PostgresServer.start()];
    labs = [];
    keys = await RecipientKeys.make();
  });
  afterEach(async () => {
    for (const one of [...labs, ...servers]) await one[Symbol.asyncDispose]();
  });

  const start = async (vault: VaultKind = 'real') => {
    const flags = servers.flatMap(({ url }) => ['--database', url]);
    const lab = await Lab.start(vault, 'operational', flags);
    labs.push(lab);
    office = lab.client('enrolment-office');
    labs.push(await lab.beside(flags, vault));
    return labs.flatMap((one) => CALLERS.map((caller) => one.client(caller)));
  };
  const enrol = (n: number) => KnownToken.enrol(office, cardNumber(n), keys);
  const race = async (clients: readonly RamzClient[], codes: number) => {
    const accepted: number[] = [];
    for (let n = 0; n < codes; n++) {
      const token = await enrol(n);
      const code = token.code();
      const tries = Array.from({ length: PARALLEL }, (_, i) => {
        const request = token.request(code, randomUUID());
        return askAgain(() => (clients[i % clients.length] as RamzClient).verify(request));
      });
      const verdicts = await Promise.all(tries);
      accepted.push(verdicts.filter(({ verdict }) => verdict === 'VERDICT_ACCEPTED').length);
    }
    return accepted;
  };

  it(`${CODES} codes, ${PARALLEL} parallel tries each, through three channels and both daemons`, {
    timeout: 120_000 + CODES * 300,
  }, async () => {
    const accepted = await race(await start(), CODES);
    expect(accepted.filter((times) => times !== 1)).toEqual([]);
    expect(accepted).toHaveLength(CODES);
  });

  it('the race sees a vault that does not compare what it decided on (planted)', { timeout: 120_000 }, async () => {
    const accepted = await race(await start('no-compare'), 50);
    expect(Math.max(...accepted)).toBeGreaterThan(1);
  });

  it('100 parallel wrong codes over both: five are counted, then it is locked', { timeout: 120_000 }, async () => {
    await start();
    const token = await enrol(1);
    const desks = labs.map((lab) => lab.client('fraud-desk'));
    const tries = Array.from({ length: 100 }, (_, i) => {
      const request = token.request(token.wrongCode(), randomUUID());
      return askAgain(() => (desks[i % 2] as RamzClient).verify(request));
    });
    const reasons = (await Promise.all(tries)).map(({ reason }) => reason.replace('VERDICT_REASON_', ''));
    const count = (reason: string) => reasons.filter((one) => one === reason).length;
    expect([count('WRONG_CODE'), count('LOCKED_NOW'), count('LOCKED_BEFORE')]).toEqual([4, 1, 95]);
  });

  it('a repeated request hears its first verdict from the other daemon, and no other request may have its name', async () => {
    await start();
    const token = await enrol(1);
    const [one, other] = labs.map((lab) => lab.client('internet-bank')) as [RamzClient, RamzClient];
    const request = token.request(token.code(), randomUUID());
    const first = await one.verify(request);
    expect(await other.verify(request)).toEqual({ ...first, repeated: true });
    await expect(other.verify({ ...request, code: token.wrongCode() })).rejects.toMatchObject({
      reason: 'REQUEST_ID_REUSED',
    });
  });

  it('keys that one daemon rotates seal the other, until its custodians open them', { timeout: 120_000 }, async () => {
    await start();
    const [one, other] = labs as [Lab, Lab];
    const people = one.people();
    expect((await people.hold('rotate-seed-master')).ceremony?.phase).toBe('finalised');
    const token = await enrol(5);
    const bank = other.client('internet-bank');
    await expect(bank.verify(token.request(token.code(), randomUUID()))).rejects.toMatchObject({
      code: 'FAILED_PRECONDITION',
    });
    expect((await other.client('auditor').status()).state).toBe('DAEMON_STATE_SEALED');
    await other.unseal();
    expect((await bank.verify(token.request(token.code(), randomUUID()))).verdict).toBe('VERDICT_ACCEPTED');
  });

  it('a database that hangs: UNAVAILABLE within the deadline, and no restart when it is back', {
    timeout: 120_000,
  }, async () => {
    await start();
    const token = await enrol(1);
    const bank = (labs[0] as Lab).client('internet-bank');
    const [server] = servers as [PostgresServer];
    server.freeze();
    const beganMs = Date.now();
    await expect(bank.verify(token.request(token.code(), randomUUID()))).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(Date.now() - beganMs).toBeLessThan(9_000);
    const { state, storeAnswers } = await (labs[0] as Lab).client('auditor').status();
    expect([state, storeAnswers]).toEqual(['DAEMON_STATE_OPERATIONAL', false]);
    expect(await healthOf(labs[0] as Lab, '')).toBe('NOT_SERVING');
    server.thaw();
    await server.down('SIGKILL');
    await expect(bank.verify(token.request(token.code(), randomUUID()))).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await server.up();
    // Seen although nobody calls: a load balancer would send no one here before.
    await vi.waitFor(async () => expect(await healthOf(labs[0] as Lab, '')).toBe('SERVING'), 15_000);
    const again = () => bank.verify(token.request(token.code(), randomUUID()));
    const { verdict } = await vi.waitFor(again, { timeout: 5_000, interval: 200 });
    expect(verdict).toBe('VERDICT_ACCEPTED');
  });

  it('a daemon whose entries the database has lost fails, and says so; it decides nothing any more', async () => {
    await start();
    const token = await enrol(1);
    const [one, other] = labs as [Lab, Lab];
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

  it('the primary is killed under load and the standby promoted: none accepted twice, no ACCEPTED lost', {
    timeout: 180_000,
  }, async () => {
    servers.push(await (servers[0] as PostgresServer).standby());
    const clients = await start();
    const [primary, standby] = servers as [PostgresServer, PostgresServer];
    const tokens: KnownToken[] = [];
    for (let n = 0; n < 300; n++) tokens.push(await enrol(n));
    // Where each ACCEPTED says it stands: daemon, log index.
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

/** The whole log of a daemon, as an auditor gets it. */
async function entriesOf(lab: Lab): Promise<Entry[]> {
  const auditor = lab.client('auditor');
  const entries: Entry[] = [];
  for (;;) {
    const page = await auditor.entries(entries.length, 1_000);
    entries.push(...page.entries.map((bytes) => decodeEntry(bytes)));
    if (entries.length >= Number(page.logSize)) return entries;
  }
}
