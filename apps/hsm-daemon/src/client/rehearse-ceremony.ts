import type { WireInitialiseResult } from '@ramz/proto';
import { type Connection, RamzClient } from './ramz-client.ts';
import { TestCustodian } from './test-custodian.ts';

/** The rehearsal's script: three custodians, any two of whom open the vault. */
export const REHEARSAL_THRESHOLD = 2;
export const REHEARSAL_CUSTODIANS: readonly string[] = ['custodian-1', 'custodian-2', 'custodian-3'];

export type Daemon = Omit<Connection, 'caller'>;

/** Makes the root key and hands out the shares, as in a ceremony but by script. @throws CallRefused */
export async function rehearseCeremony(daemon: Daemon): Promise<WireInitialiseResult> {
  const custodians = await Promise.all(REHEARSAL_CUSTODIANS.map((name) => TestCustodian.enrol(daemon.data_dir, name)));
  const named = custodians.map(({ name, public_key }) => ({ name, publicKey: Buffer.from(public_key) }));
  const client = new RamzClient({ ...daemon, caller: 'operator' });
  try {
    const result = await client.initialise({ threshold: REHEARSAL_THRESHOLD, custodians: named });
    result.shares.forEach(({ envelope }, i) => {
      custodians[i]?.keepShare(envelope);
    });
    return result;
  } finally {
    client.close();
  }
}

/** These custodians of the rehearsal give their shares. True when that unsealed it. @throws CallRefused */
export async function unsealWith(daemon: Daemon, names: readonly string[]): Promise<boolean> {
  const client = new RamzClient({ ...daemon, caller: 'custodian' });
  try {
    let unsealed = false;
    for (const name of names) {
      const custodian = await TestCustodian.load(daemon.data_dir, name);
      unsealed = (await custodian.giveShare(client)).unsealed;
    }
    return unsealed;
  } finally {
    client.close();
  }
}
