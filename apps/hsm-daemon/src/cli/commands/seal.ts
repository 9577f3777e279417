import type { Command } from 'commander';
import { RamzClient } from '../../client/ramz-client.ts';
import { fail, print } from '../command-output.ts';
import { type DaemonOptions, daemonCommand, daemonOf } from '../daemon-options.ts';

export function sealCommand(): Command {
  return daemonCommand('seal', 'wipes every key from memory').action(async (options: DaemonOptions) => {
    try {
      const client = new RamzClient({ ...daemonOf(options), caller: 'operator' });
      const { logIndex } = await client.seal().finally(() => client.close());
      print(options.json, { logIndex }, [`sealed, audit entry ${logIndex}; to open it again: ramz unseal`]);
    } catch (error) {
      fail(error, options.json);
    }
  });
}
