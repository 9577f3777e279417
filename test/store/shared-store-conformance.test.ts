// The simulation is valid only if its database behaves like the real ones.
import { hexId } from '../harness/ledger-entries.ts';
import { SharedLedger, SharedStore } from '../sim/verification/shared-store.ts';
import { describeLedger } from './conformance.ts';

describeLedger("simulation's shared", async () => {
  const store = new SharedStore();
  return { open: async () => new SharedLedger(store, hexId(1)), remove: async () => {} };
});
