import { RamzClient } from '@ramz/client';
import { NEXT_STEP } from '@ramz/custody';
import type { Command } from 'commander';
import { connectionOf, type DaemonOptions, daemonCommand } from '../daemon-options.ts';
import { enumWord } from '../enum-word.ts';
import { EXIT_HELP } from '../exit-codes.ts';
import { type CommandResult, runCommand } from '../run-command.ts';

export function statusCommand(): Command {
  return daemonCommand('status', 'shows the state of the daemon')
    .addHelpText('after', EXIT_HELP)
    .action((options: DaemonOptions) => runCommand(options, () => status(options)));
}

async function status(options: DaemonOptions): Promise<CommandResult> {
  const client = new RamzClient(connectionOf(options, 'auditor'));
  const value = await client.status().finally(() => client.close());
  const { given = 0, threshold = 0 } = value.unsealProgress ?? {};
  const restoring = value.state === 'DAEMON_STATE_RESTORING';
  const next = restoring ? `: ${NEXT_STEP.restoring}` : '';
  const sealed = value.state === 'DAEMON_STATE_SEALED';
  return {
    value,
    lines: [
      ...(value.storeAnswers
        ? []
        : [`store              ${value.storeProblem.replace(/^the store /, '')}; no verdict is given meanwhile`]),
      `state              ${enumWord('DAEMON_STATE_', value.state)}${next}`,
      ...(value.failure === '' ? [] : [`why                ${value.failure}`]),
      ...(sealed ? [`shares given       ${given} of ${threshold}`] : []),
      `realm, profile     ${value.realm}, ${value.profile}`,
      `audit entries      ${value.logSize}, numbered from 0`,
      `active enrolments  ${value.storeAnswers ? value.activeEnrolments : 'unknown'}`,
      `root key KCV       ${value.rootKeyKcv || 'none yet'}`,
      `vault fingerprint  ${value.identityFingerprint}`,
      `epoch, unsealing   ${value.epoch}, ${value.unsealMode}`,
      ...(value.blockedCallers.length === 0 ? [] : [`blocked callers    ${value.blockedCallers.join(', ')}`]),
      `version            ${value.version}`,
    ],
  };
}
