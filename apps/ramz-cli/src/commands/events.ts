import { RamzClient } from '@ramz/client';
import { printableJson, printableText } from '@ramz/custody';
import { type Command, Option } from 'commander';
import { connectionOf, type DaemonOptions, daemonCommand } from '../daemon-options.ts';
import { enumWord } from '../enum-word.ts';
import { EXIT_HELP } from '../exit-codes.ts';
import { readCount } from '../options.ts';
import { runCommand } from '../run-command.ts';

interface EventsOptions extends DaemonOptions {
  readonly first: number;
  readonly follow: boolean;
}

export function eventsCommand(): Command {
  return daemonCommand('events', 'events that need attention: failures, locks, replays, alarms, states')
    .addOption(new Option('--first <index>', 'index of the log to start at').argParser(readCount).default(0))
    .option('--follow', 'keeps showing events as they happen, until Ctrl-C', false)
    .addHelpText('after', EXIT_HELP)
    .action((options: EventsOptions) =>
      runCommand(options, async () => {
        const client = new RamzClient(connectionOf(options, 'auditor'));
        let shown = 0;
        try {
          for await (const event of client.watchEvents(options.first, !options.follow)) {
            shown += 1;
            const { logIndex, atMs, kind, channel, purpose, subject, detail } = event;
            const when = new Date(Number(atMs)).toISOString();
            const where = [channel, purpose, subject.slice(0, 8), detail].filter((text) => text !== '').join(' ');
            const line = `${logIndex.padStart(7)}  ${when}  ${enumWord('EVENT_KIND_', kind).padEnd(15)} ${where}`;
            process.stdout.write(options.json ? `${printableJson(event)}\n` : `${printableText(line.trimEnd())}\n`);
          }
        } finally {
          client.close();
        }
        return { value: { events: shown }, lines: shown === 0 ? ['no events'] : [] };
      }),
    );
}
