import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SqliteLedger } from '../../apps/hsm-daemon/src/vault/store/sqlite/ledger.ts';
import { NOW_MS } from '../harness/ledger-entries.ts';
import { describeLedger } from './conformance.ts';

describeLedger('SQLite', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'ramz-conform-'));
  return {
    open: async (atMs = NOW_MS) => SqliteLedger.open(join(dir, 'vault.db'), atMs),
    remove: async () => rmSync(dir, { recursive: true }),
  };
});
