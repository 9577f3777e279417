import type { Command } from 'commander';
import { REHEARSAL_CUSTODIANS, REHEARSAL_THRESHOLD, unsealWith } from '../../client/rehearse-ceremony.ts';
import { EXIT, fail, print } from '../command-output.ts';
import { type DaemonOptions, daemonCommand, daemonOf } from '../daemon-options.ts';

interface UnsealOptions extends DaemonOptions {
  readonly custodian?: string[];
}

export function unsealCommand(): Command {
  return daemonCommand('unseal', 'custodians of a rehearsal give their shares')
    .option('--custodian <name...>', `whose shares (default: the first ${REHEARSAL_THRESHOLD})`)
    .action(async (options: UnsealOptions) => {
      const names = options.custodian ?? REHEARSAL_CUSTODIANS.slice(0, REHEARSAL_THRESHOLD);
      try {
        const unsealed = await unsealWith(daemonOf(options), names);
        const outcome = unsealed ? 'the daemon is operational' : 'more shares are needed';
        print(options.json, { unsealed, gave: names }, [`${names.join(', ')} gave their shares: ${outcome}`]);
        if (!unsealed) process.exitCode = EXIT.refused;
      } catch (error) {
        fail(error, options.json);
      }
    });
}
