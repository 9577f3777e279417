import { exportLog, proveEntry, showEntries, verifyExport, witness } from '@ramz/audit-log';
import { RamzClient } from '@ramz/client';
import { bytesOfHex, fingerprintOf, snakeKeys } from '@ramz/custody';
import { Command, Option } from 'commander';
import { connectionOf, type DaemonOptions, daemonCommand } from '../daemon-options.ts';
import { EXIT, EXIT_HELP } from '../exit-codes.ts';
import { assertNewFile } from '../new-file.ts';
import { readCount } from '../options.ts';
import { asPerson, type PersonOptions, personCommand } from '../people/person-options.ts';
import { type CommandResult, runCommand, runLocally } from '../run-command.ts';
import { progressLine } from '../terminal/progress-line.ts';

const CHECK_HELP = '\nExit code: 0 all holds, 1 a fault was found, 2 could not be checked,\n69 no daemon answers.';

export function auditCommand(): Command {
  return new Command('audit')
    .description('the audit log: export it, check it, watch it')
    .addCommand(keyCommand())
    .addCommand(checkpointCommand())
    .addCommand(exportCommand())
    .addCommand(verifyCommand())
    .addCommand(showCommand())
    .addCommand(proveCommand())
    .addCommand(witnessCommand());
}

function withClient<T>(options: DaemonOptions, work: (client: RamzClient) => Promise<T>): Promise<T> {
  const client = new RamzClient(connectionOf(options, 'auditor'));
  return work(client).finally(() => client.close());
}

function counted(count: number, one: string, more: string): string {
  return `${count} ${count === 1 ? one : more}`;
}

function keyCommand(): Command {
  return personCommand('key', 'shows the audit key, signed by the vault itself: the value for `verify --key`')
    .addHelpText('after', EXIT_HELP)
    .action((options: PersonOptions) =>
      runCommand(options, () =>
        asPerson(options, async ({ line }): Promise<CommandResult> => {
          const { audit_key: auditKey } = await line.look();
          if (auditKey === '') throw new Error('there is no audit key yet: the first ceremony makes it');
          const fingerprint = fingerprintOf(bytesOfHex(auditKey));
          return { value: { key: auditKey, fingerprint }, lines: [`audit key ${fingerprint}`] };
        }),
      ),
    );
}

function checkpointCommand(): Command {
  return daemonCommand('checkpoint', 'shows the newest signed checkpoint')
    .addHelpText('after', EXIT_HELP)
    .action((options: DaemonOptions) =>
      runCommand(options, () =>
        withClient(options, async (client): Promise<CommandResult> => {
          const { note, publicKey } = await client.checkpoint();
          return { value: { note, key: publicKey.toString('hex') }, lines: note.split('\n'), verbatim: true };
        }),
      ),
    );
}

function exportCommand(): Command {
  return daemonCommand('export', 'writes the whole log with its checkpoints to a file')
    .requiredOption('--out <file>', 'output file (required)')
    .addHelpText('after', EXIT_HELP)
    .action((options: DaemonOptions & { out: string }) =>
      runCommand(options, () =>
        withClient(options, async (client): Promise<CommandResult> => {
          assertNewFile(options.out, '--out');
          const progress = progressLine(options.json, 'entries');
          const { entries, checkpoints, behind } = await exportLog(client, options.out, progress);
          return {
            value: { out: options.out, entries, checkpoints, behind },
            lines: [
              `${counted(entries, 'entry', 'entries')} and ${counted(checkpoints, 'checkpoint', 'checkpoints')} are in ${options.out}`,
              ...(behind === 0
                ? []
                : [
                    `${counted(behind, 'entry', 'entries')} after the last checkpoint: nothing is signed while the daemon is sealed`,
                  ]),
              `check them with: ramz audit verify ${options.out}`,
            ],
          };
        }),
      ),
    );
}

function verifyCommand(): Command {
  return new Command('verify')
    .description('checks an export without a daemon, in one pass, and names the first bad entry')
    .argument('<file>', 'from `ramz audit export`')
    .option('--key <key>', 'the audit key, from `ramz audit key` (default: the one in the export, which proves less)')
    .option('--witness <file>', 'checkpoints that a witness kept: they reveal a cut or forked log')
    .option('--json', 'one JSON object instead of lines', false)
    .addHelpText('after', CHECK_HELP)
    .action((file: string, options: { key?: string; witness?: string; json: boolean }) =>
      runLocally(options, async (): Promise<CommandResult> => {
        const { key, witness: kept, json } = options;
        const checked = await verifyExport(
          file,
          { ...(key && { key }), ...(kept && { witness: kept }) },
          progressLine(json, 'bytes'),
        );
        const { fault, entries, checkpoints, keyFingerprint } = checked;
        const trust = key === undefined ? ' (taken from the export: compare it)' : '';
        return {
          value: snakeKeys(checked) as object,
          lines: [
            `audit key ${keyFingerprint}${trust}`,
            fault === undefined
              ? `${counted(entries, 'entry holds', 'entries hold')}, under ${counted(checkpoints, 'signed checkpoint', 'signed checkpoints')}`
              : `FAULT: ${fault}`,
          ],
          ...(fault !== undefined && { exitCode: EXIT.notAccepted }),
        };
      }),
    );
}

function showCommand(): Command {
  return daemonCommand('show', 'shows entries of the log')
    .addOption(new Option('--first <index>', 'index of the first').argParser(readCount).default(0))
    .addOption(new Option('--last', 'the newest ones').conflicts('first').default(false))
    .addOption(new Option('--count <number>', 'how many, at most 1,000').argParser(readCount).default(20))
    .addHelpText('after', EXIT_HELP)
    .action((options: DaemonOptions & { first: number; last: boolean; count: number }) =>
      runCommand(options, () =>
        withClient(options, async (client) => {
          const { last, count } = options;
          const first = last ? Math.max(0, Number((await client.status()).logSize) - count) : options.first;
          return showEntries(client, first, count);
        }),
      ),
    );
}

function proveCommand(): Command {
  return daemonCommand('prove', 'proves that an entry is in the log, under a fresh checkpoint')
    .argument('<index>', 'index of the entry', readCount)
    .option('--key <key>', 'the audit key, from `ramz audit key` (default: the one of the daemon, which proves less)')
    .addHelpText('after', CHECK_HELP)
    .action((index: number, options: DaemonOptions & { key?: string }) =>
      runCommand(options, () => withClient(options, (client) => proveEntry(client, index, options.key))),
    );
}

function witnessCommand(): Command {
  return daemonCommand(
    'witness',
    'keeps the newest checkpoint in a file, and raises an alarm when the log does not continue from the last',
  )
    .requiredOption('--file <path>', 'where checkpoints are kept, on a separate machine (required)')
    .addHelpText('after', CHECK_HELP)
    .action((options: DaemonOptions & { file: string }) =>
      runCommand(options, () =>
        withClient(options, async (client): Promise<CommandResult> => {
          const { size, formerSize, alarm } = await witness(client, options.file);
          return {
            value: { size, former_size: formerSize, alarm: alarm ?? null },
            lines: [alarm === undefined ? `kept: ${size} entries, continuing from ${formerSize}` : `ALARM: ${alarm}`],
            ...(alarm !== undefined && { exitCode: EXIT.notAccepted }),
          };
        }),
      ),
    );
}
