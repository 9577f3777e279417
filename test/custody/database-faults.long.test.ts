// Ceremonies and approvals on a database that rejects writes, hangs, or is changed by another
// daemon meanwhile.
import { randomUUID } from 'node:crypto';
import { RecipientKeys } from '@ramz/custody';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { cardNumber } from '../harness/cards.ts';
import { KnownToken } from '../harness/known-token.ts';
import { Lab } from '../harness/lab.ts';
import { PostgresServer } from '../harness/postgres.ts';

describe('statements of people on a database with faults', { timeout: 120_000 }, () => {
  let server: PostgresServer;
  let lab: Lab;
  let flags: string[];
  beforeEach(async () => {
    server = await PostgresServer.start();
    flags = ['--database', server.url];
    lab = await Lab.start('real', 'operational', flags);
  });
  afterEach(async () => {
    await lab[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
  });
  const state = async (of = lab) => (await of.client('auditor').status()).state.replace('DAEMON_STATE_', '');

  /** Runs `work` while nothing can be written to the log. */
  async function whileLogIsLocked<T>(work: () => Promise<T>): Promise<T> {
    const client = new pg.Client({ host: '127.0.0.1', port: server.port, user: 'ramz', database: 'ramz' });
    await client.connect();
    await client.query('BEGIN; LOCK TABLE log IN SHARE MODE');
    try {
      return await work();
    } finally {
      await client.end();
    }
  }

  it('leave the daemon sealed when an unsealing cannot be written, and the next one opens it', async () => {
    await lab.people().approved({ name: 'seal' }, []);
    expect(await state()).toBe('SEALED');
    const people = lab.people();
    await people.unseal(['custodian-1']);
    const last = whileLogIsLocked(() => people.unseal(['custodian-2']));
    await expect(last).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(await state()).toBe('SEALED');
    await lab.unseal();
    expect(await state()).toBe('OPERATIONAL');
  });

  it('seal without the database: the keys are wiped, and the call reports UNAVAILABLE', async () => {
    await server.down('SIGKILL');
    await expect(lab.people().approved({ name: 'seal' }, [])).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(await state()).toBe('SEALED');
    await server.up();
    await vi.waitFor(() => lab.unseal(), { timeout: 5_000, interval: 500 });
    const token = await KnownToken.enrol(lab.client('enrolment-office'), cardNumber(1), await RecipientKeys.make());
    const { verdict } = await lab.client('internet-bank').verify(token.request(token.code(), randomUUID()));
    expect(verdict).toBe('VERDICT_ACCEPTED');
  });

  it('do not overwrite keys that another daemon changed during a ceremony', async () => {
    const other = await lab.beside(flags);
    try {
      const people = lab.people();
      await people.open('refresh-shares');
      await people.play(['custodian-1', 'custodian-2', 'custodian-3'], 6);
      await other
        .people()
        .approved({ name: 'remove-person', person: 'nobody-there' }, ['custodian-1'])
        .catch(() => {});
      const recipient = Buffer.from((await RecipientKeys.make()).publicKey).toString('hex');
      await other.people().approved({ name: 'export-zone-key', zone: 'switch', recipient }, ['custodian-1']);
      await expect(people.play(['custodian-1', 'custodian-2', 'custodian-3'])).rejects.toMatchObject({
        message: expect.stringContaining('another daemon changed the keys'),
      });
      expect((await lab.client('auditor').keys()).zones).toMatchObject([{ name: 'switch' }]);
    } finally {
      await other[Symbol.asyncDispose]();
    }
  });

  it('do not count an approval that cannot be written, and accept it again later', async () => {
    const operator = await lab.people().operator();
    const recipient = Buffer.from((await RecipientKeys.make()).publicKey).toString('hex');
    const { nonce } = await operator.propose({ name: 'export-zone-key', zone: 'switch', recipient });
    const custodian = await lab.people().line('custodian-1');
    const shown = await custodian.proposal(nonce);
    await expect(whileLogIsLocked(() => custodian.approve(shown))).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect((await lab.client('auditor').keys()).zones).toEqual([]);
    await custodian.approve(await custodian.proposal(nonce));
    expect((await lab.client('auditor').keys()).zones).toMatchObject([{ name: 'switch' }]);
  });
});
