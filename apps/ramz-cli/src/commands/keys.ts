import { RamzClient } from '@ramz/client';
import type { Command } from 'commander';
import { connectionOf, type DaemonOptions, daemonCommand } from '../daemon-options.ts';
import { enumWord } from '../enum-word.ts';
import { EXIT, EXIT_HELP } from '../exit-codes.ts';
import { type CommandResult, runCommand } from '../run-command.ts';

export function keysCommand(): Command {
  return daemonCommand('keys', 'lists every current and former key, without the key itself: state, KCV, cryptoperiods')
    .addHelpText('after', EXIT_HELP)
    .action((options: DaemonOptions) => runCommand(options, () => keys(options)));
}

export function selfTestCommand(): Command {
  return daemonCommand('self-test', 'runs the known-answer tests of every primitive')
    .option('--force <name>', 'makes one test fail, in the test realm only: the daemon is then in state failed', '')
    .addHelpText('after', EXIT_HELP)
    .action((options: DaemonOptions & { force: string }) => runCommand(options, () => selfTest(options)));
}

async function keys(options: DaemonOptions): Promise<CommandResult> {
  const client = new RamzClient(connectionOf(options, 'auditor'));
  const value = await client.keys().finally(() => client.close());
  const nowMs = Date.now();
  const day = (atMs: string) => new Date(Number(atMs)).toISOString().slice(0, 10);
  const rows = value.keys.map((key) => {
    const late =
      key.state === 'KEY_STATE_ACTIVE' && Number(key.originatorUntilMs) < nowMs
        ? '  PAST ITS CRYPTOPERIOD: rotate it'
        : '';
    return `${key.name.padEnd(12)} ${String(key.version).padStart(3)}  ${enumWord('KEY_STATE_', key.state).padEnd(11)} ${(key.kcv || '-').padEnd(11)} ${day(key.originatorUntilMs)}  ${day(key.recipientUntilMs)}${late}`;
  });
  return {
    value,
    lines: [
      `${value.realm} realm`,
      'key          ver  state       KCV         makes until checks until',
      ...rows,
      ...value.zones.map(({ name, epoch, kcv }) => `zone ${name}: epoch ${epoch}, KCV ${kcv}`),
    ],
  };
}

async function selfTest(options: DaemonOptions & { force: string }): Promise<CommandResult> {
  const client = new RamzClient(connectionOf(options, 'operator'));
  const value = await client.selfTests(options.force).finally(() => client.close());
  const failed = value.tests.filter(({ passed }) => !passed);
  return {
    value,
    lines: value.tests.map(({ name, passed }) => `${passed ? 'passed' : 'FAILED'}  ${name}`),
    ...(failed.length > 0 && { exitCode: EXIT.notAccepted }),
  };
}
