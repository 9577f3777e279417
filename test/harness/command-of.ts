import type { Command } from '../../apps/hsm-daemon/src/boundary/commands.ts';
import type { RpcName } from '../../apps/hsm-daemon/src/front/access/roles.ts';

/** The vault command that each RPC sends. */
export const COMMAND_OF: Readonly<Record<RpcName, Command['kind']>> = {
  Verify: 'verify',
  VerifyBatch: 'verify',
  VerifyStream: 'verify',
  Resynchronise: 'resynchronise',
  VerifySignature: 'verify-signature',
  Enrol: 'enrol',
  GetStatus: 'status',
  GetAnnouncement: 'announce',
  Act: 'act',
  GetMinutes: 'minutes',
  ListKeys: 'keys',
  RunSelfTests: 'self-test',
  GetCheckpoint: 'checkpoint',
  ListEntries: 'entries',
  GetInclusionProof: 'proof',
  GetConsistencyProof: 'proof',
  WatchEvents: 'events',
};
