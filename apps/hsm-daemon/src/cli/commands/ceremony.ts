import { Command } from 'commander';
import { REHEARSAL_CUSTODIANS, REHEARSAL_THRESHOLD, rehearseCeremony } from '../../client/rehearse-ceremony.ts';
import { fail, print } from '../command-output.ts';
import { type DaemonOptions, daemonCommand, daemonOf } from '../daemon-options.ts';

export function ceremonyCommand(): Command {
  const rehearse = daemonCommand('rehearse', 'makes the keys of a new daemon of the test realm, by script');
  rehearse.action(async (options: DaemonOptions) => {
    try {
      const { rootKeyKcv, logIndex } = await rehearseCeremony(daemonOf(options));
      print(options.json, { rootKeyKcv, logIndex, custodians: REHEARSAL_CUSTODIANS }, [
        `root key made and split: ${REHEARSAL_THRESHOLD} of ${REHEARSAL_CUSTODIANS.join(', ')} open it`,
        `KCV ${rootKeyKcv}, audit entry ${logIndex}`,
        `shares and custodians' keys are under ${options.dataDir}/custodians; next: ramz unseal`,
      ]);
    } catch (error) {
      fail(error, options.json);
    }
  });
  return new Command('ceremony').description('key ceremonies').addCommand(rehearse);
}
