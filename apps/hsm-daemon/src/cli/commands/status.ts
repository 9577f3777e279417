import type { Command } from 'commander';
import { RamzClient } from '../../client/ramz-client.ts';
import { fail, print } from '../command-output.ts';
import { type DaemonOptions, daemonCommand, daemonOf } from '../daemon-options.ts';

export function statusCommand(): Command {
  return daemonCommand('status', 'the daemon at a glance').action(async (options: DaemonOptions) => {
    const client = new RamzClient({ ...daemonOf(options), caller: 'auditor' });
    try {
      const status = await client.status();
      const { given = 0, threshold = 0 } = status.unsealProgress ?? {};
      print(options.json, status, [
        `state              ${status.state.replace('DAEMON_STATE_', '').toLowerCase()}`,
        ...(status.state === 'DAEMON_STATE_SEALED' ? [`shares given       ${given} of ${threshold}`] : []),
        `realm, profile     ${status.realm}, ${status.profile}`,
        `audit log          ${status.logSize} entries`,
        `active enrolments  ${status.activeEnrolments}`,
        `root key KCV       ${status.rootKeyKcv || 'none yet'}`,
        `version            ${status.version}`,
      ]);
    } catch (error) {
      fail(error, options.json);
    } finally {
      client.close();
    }
  });
}
