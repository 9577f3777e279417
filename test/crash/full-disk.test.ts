// No entry, no answer: a disk that is full ends the daemon, and every verdict that was answered is in the log.
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RecipientKeys } from '@ramz/custody';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { SqliteLedger } from '../../apps/hsm-daemon/src/vault/store/sqlite/ledger.ts';
import { cardNumber } from '../harness/cards.ts';
import { KnownToken } from '../harness/known-token.ts';
import { Lab } from '../harness/lab.ts';
import { allEntries } from '../harness/ledger-entries.ts';

let lab: Lab;
beforeAll(async () => {
  lab = await Lab.start();
});
afterAll(() => lab[Symbol.asyncDispose]());

it('a full disk: refused and ended with 70, nothing unlogged, and it goes on when there is room again', async () => {
  const token = await KnownToken.enrol(
    lab.client('enrolment-office'),
    cardNumber(1),
    await RecipientKeys.make(),
    'PURPOSE_SECOND_PIN',
  );
  await lab.stopDaemon();
  await lab.startDaemon('full-disk');
  await lab.unseal();
  const bank = lab.client('internet-bank');
  const ended = lab.ended();
  const answered: number[] = [];
  for (let i = 0; i < 200; i++) {
    const requests = Array.from({ length: 50 }, () => token.request(token.wrongCode(), randomUUID()));
    const batch = await bank.verifyBatch(requests).catch((error: { code: string }) => error.code);
    if (typeof batch === 'string') {
      expect(batch).toBe('UNAVAILABLE');
      break;
    }
    answered.push(...batch.map(({ logIndex }) => Number(logIndex)));
  }
  expect(await ended).toBe(70);
  expect(readFileSync(join(lab.data_dir, 'daemon.log'), 'utf8')).toContain('database or disk is full');
  expect(answered.length).toBeGreaterThan(50);
  const ledger = SqliteLedger.open(join(lab.data_dir, 'vault', 'vault.db'), Date.now());
  const entries = await allEntries(ledger);
  const verdicts = new Set(entries.flatMap((entry, index) => (entry.kind === 'verdict' ? [index] : [])));
  await ledger.close();
  expect(answered.filter((index) => !verdicts.has(index))).toEqual([]);
  await lab.startDaemon();
  await lab.unseal();
  expect((await lab.client('auditor').status()).state).toBe('DAEMON_STATE_OPERATIONAL');
});
