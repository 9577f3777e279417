// The real vault for a recorded run: its randomness follows from a seed, and the recording sets its
// time.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readVaultOptions, startVault } from '../../apps/hsm-daemon/dist/vault/start-vault.js';
import { SqliteLedger } from '../../apps/hsm-daemon/dist/vault/store/sqlite/ledger.js';
import { seedProcess } from './seed-process.ts';

const options = readVaultOptions(process.argv);
const clock = join(options.vaultDir, 'recorded-now');
const starts = join(options.vaultDir, 'vault.db');
seedProcess(`vault ${existsSync(starts) ? 'again' : 'first'}`);
/** The time before the recording has written one: 08:00 UTC. */
const START_MS = Date.UTC(2026, 10, 28, 8);
const nowMs = () => (existsSync(clock) ? Number(readFileSync(clock, 'utf8')) : START_MS);
await startVault(
  { ...options, version: 'recorded' },
  {
    nowMs,
    monotonicMs: nowMs,
    software: '0'.repeat(64),
    ledger: SqliteLedger.open(starts, nowMs()),
  },
);
