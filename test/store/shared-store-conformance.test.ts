// The simulation's database is worth what it does as the real ones do.
import { hexId } from '../harness/ledger-entries.ts';
import { SharedLedger, SharedStore } from '../sim/verification/shared-store.ts';
import { describeLedger } from './conformance.ts';

describeLedger("simulation's shared", async () => {
  const store = new SharedStore();
  return { open: async () => new SharedLedger(store, hexId(1)), remove: async () => {} };
});
