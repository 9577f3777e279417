// A vault process with its real store, to measure its response times: operational from the start.
import { randomFillSync } from 'node:crypto';
import { join } from 'node:path';
import { secretBytes } from '@ramz/otp-core';
import { readDatabaseAddress } from '../../apps/hsm-daemon/src/config/database-address.ts';
import { decide } from '../../apps/hsm-daemon/src/vault/domain/verification/decide.ts';
import { serveFront } from '../../apps/hsm-daemon/src/vault/serve-front.ts';
import type { Ledger } from '../../apps/hsm-daemon/src/vault/store/ledger.ts';
import { PostgresLedger } from '../../apps/hsm-daemon/src/vault/store/postgres/ledger.ts';
import { Sessions } from '../../apps/hsm-daemon/src/vault/store/postgres/sessions.ts';
import { SqliteLedger } from '../../apps/hsm-daemon/src/vault/store/sqlite/ledger.ts';
import { readBankProfile } from '../../libs/bank-profile/src/bank-profile.ts';
import { profilePath } from '../../libs/bank-profile/src/shipped-profiles.ts';
import { draftOf, hexId } from '../harness/ledger-entries.ts';
import { makeStoredKeys, startOperational, testPorts } from '../harness/operational-vault.ts';

/** The number in a decoy's file: that of no one. */
const DECOY_NUMBER = '0'.repeat(32);
const [, , dir = '', plant = 'none', database = ''] = process.argv;
const profile = readBankProfile(profilePath('maskan'));
const random = (length: number) => randomFillSync(secretBytes(length));
const ledger: Ledger =
  database === ''
    ? SqliteLedger.open(join(dir, 'vault.db'), Date.now())
    : await PostgresLedger.open(new Sessions([readDatabaseAddress(database, 'test')], ''), hexId(1));
/** Planted: a code that changes no standing gives the database less work. */
if (plant === 'no-decoys') {
  const commit = ledger.commit.bind(ledger);
  ledger.commit = (change) => commit({ ...change, rehearsed: [] });
}
/** Planted: the refusal of a card without a file ends early, and writes no file. */
if (plant === 'early-return') {
  const commit = ledger.commit.bind(ledger);
  ledger.commit = (change) => {
    const files = [...change.files].filter(({ file }) => file?.registered !== DECOY_NUMBER);
    return commit({ ...change, files });
  };
}
const { root, stored } = await makeStoredKeys(profile, random);
const draft = draftOf(ledger, [{ kind: 'daemon', atMs: Date.now(), act: 'started', version: 'test', software: '' }]);
draft.storeKeys(stored);
await draft.commit();
/** The signal sets the clock forward: codes of an activation end while a test runs. */
let laterMs = 0;
process.on('SIGUSR2', () => {
  laterMs += 16 * 60_000;
  // The database server's clock stays where it is.
  ledger.otherClocks = async () => [];
});
const given = { profile, random, root, ledger, nowMs: () => Date.now() + laterMs };
/** Planted: each decision takes longer, so that classes with another number of decisions differ. */
const leaky: typeof decide = (standing, ...rest) => {
  const untilMs = performance.now() + 0.05;
  while (performance.now() < untilMs);
  return decide(standing, ...rest);
};
const others = { monotonicMs: () => performance.now() + laterMs, decide: plant === 'slow-decision' ? leaky : decide };
await serveFront(await startOperational(await testPorts(given, others)), '');
