import { Command } from 'commander';
import { REHEARSAL_CUSTODIANS, REHEARSAL_THRESHOLD, rehearseCeremony } from '../../client/rehearse-ceremony.ts';
import { type DaemonOptions, daemonCommand, daemonOf } from '../daemon-options.ts';
import { EXIT_HELP, type Outcome, runCommand } from '../run-command.ts';

export function ceremonyCommand(): Command {
  const rehearse = daemonCommand('rehearse', 'makes the keys of a new daemon of the test realm, by script')
    .addHelpText('after', EXIT_HELP)
    .action((options: DaemonOptions) => runCommand(options, () => rehearseFor(options)));
  return new Command('ceremony').description('key ceremonies').addCommand(rehearse);
}

async function rehearseFor(options: DaemonOptions): Promise<Outcome> {
  const { rootKeyKcv, logIndex } = await rehearseCeremony(daemonOf(options));
  return {
    value: { rootKeyKcv, logIndex, custodians: REHEARSAL_CUSTODIANS },
    lines: [
      `root key made and split: ${REHEARSAL_THRESHOLD} of ${REHEARSAL_CUSTODIANS.join(', ')} open it`,
      `KCV ${rootKeyKcv}, audit entry ${logIndex}`,
      `shares and custodians' keys are under ${options.dataDir}/custodians; next: ramz unseal`,
    ],
  };
}
