import type { WireGiveShareResult, WireInitialiseResult } from '@ramz/proto';
import { type Connection, RamzClient } from './ramz-client.ts';
import { TestCustodian } from './test-custodian.ts';

/** The rehearsal's script: three custodians, any two of whom open the vault. */
export const REHEARSAL_THRESHOLD = 2;
export const REHEARSAL_CUSTODIANS: readonly string[] = ['custodian-1', 'custodian-2', 'custodian-3'];

export type Daemon = Omit<Connection, 'caller'>;

/** Makes the root key and hands out the shares, as in a ceremony but by script. @throws CallRefused */
export async function rehearseCeremony(daemon: Daemon): Promise<WireInitialiseResult> {
  const custodians = await Promise.all(REHEARSAL_CUSTODIANS.map((name) => TestCustodian.make(daemon.data_dir, name)));
  const named = custodians.map(({ name, public_key }) => ({ name, publicKey: Buffer.from(public_key) }));
  const client = new RamzClient({ ...daemon, caller: 'operator' });
  try {
    const result = await client.initialise({ threshold: REHEARSAL_THRESHOLD, custodians: named });
    for (const [i, { envelope }] of result.shares.entries()) await custodians[i]?.keep(envelope);
    return result;
  } finally {
    client.close();
  }
}

/** These custodians of the rehearsal give their shares, in turn. How far it came. @throws CallRefused */
export async function unsealWith(daemon: Daemon, names: readonly string[]): Promise<WireGiveShareResult> {
  const client = new RamzClient({ ...daemon, caller: 'custodian' });
  let progress: WireGiveShareResult = { unsealed: false, given: 0, threshold: 0 };
  try {
    // Asked first, so that a daemon in another state says so before any file is looked for.
    await client.sessionKey();
    for (const name of names) progress = await (await TestCustodian.load(daemon.data_dir, name)).giveShare(client);
    return progress;
  } finally {
    client.close();
  }
}
