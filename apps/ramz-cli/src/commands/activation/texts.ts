import { RamzClient } from '@ramz/client';
import { printableJson, printableText } from '@ramz/custody';
import type { WireText } from '@ramz/proto';
import { Command, Option } from 'commander';
import { connectionOf, type DaemonOptions, daemonCommand } from '../../daemon-options.ts';
import { EXIT_HELP } from '../../exit-codes.ts';
import { readCount } from '../../options.ts';
import { runCommand } from '../../run-command.ts';

interface FollowOptions extends DaemonOptions {
  readonly zone: string;
  readonly count: number;
}

/** A text gateway that sends nothing, and shows what it would send. */
export function textsCommand(): Command {
  return new Command('texts').description('texts on their way to customers').addCommand(
    daemonCommand('follow', 'waits for texts, takes them on and shows them, until Ctrl-C (test realm)')
      .option('--zone <name>', 'a text zone: texts are sealed, and shown as such', '')
      .addOption(
        new Option('--count <number>', 'ends after so many texts; 0 for no end').argParser(readCount).default(0),
      )
      .addHelpText('after', EXIT_HELP)
      .action((options: FollowOptions) => runCommand(options, () => follow(options))),
  );
}

async function follow(options: FollowOptions) {
  const client = new RamzClient(connectionOf(options, 'text-gateway'));
  if (!options.json) process.stderr.write('waiting for texts ...\n');
  let shown = 0;
  try {
    for await (const text of client.activation.watchTexts(options.zone)) {
      await client.activation.reportText(text.textId, true);
      process.stdout.write(
        options.json
          ? `${printableJson({ ...text, sealedText: text.sealedText.toString('hex') })}\n`
          : `${lineOf(text)}\n`,
      );
      shown += 1;
      if (shown === options.count) break;
    }
  } finally {
    client.close();
  }
  return { value: { texts: shown }, lines: [] };
}

function lineOf({ mobileNumber, text, sealedText, validS }: WireText): string {
  const said = text === '' ? `(sealed, ${sealedText.length} bytes)` : text;
  return printableText(`to ${mobileNumber}, for ${validS} s: ${said}`);
}
