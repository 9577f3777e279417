import { decodeEntry, type Entry, exportedEntries, verifyExport } from '@ramz/audit-log';
import { RamzClient } from '@ramz/client';
import { Command } from 'commander';
import { connectionOf, type DaemonOptions, daemonCommand } from '../daemon-options.ts';
import { EXIT_HELP } from '../exit-codes.ts';
import { type CommandResult, runCommand } from '../run-command.ts';
import { progressLine } from '../terminal/progress-line.ts';

/** Entries in one call, and their bytes: a message has 256 KiB. */
const ENTRIES_MAX = 1_000;
const BYTES_MAX = 200_000;
const PAGE = 1_000;

/** After a restore ceremony (D-23). */
export function restoreCommand(): Command {
  return new Command('restore')
    .description('what follows a restore ceremony: voids, blocks and locks of an export, and the end of the replay')
    .addCommand(replayCommand())
    .addCommand(endCommand());
}

interface ReplayOptions extends DaemonOptions {
  readonly export: string;
  readonly key?: string;
  readonly witness?: string;
  readonly as: string;
}

function replayCommand(): Command {
  return daemonCommand('replay', 'takes away again what an export says was taken away since the copy was made')
    .requiredOption('--export <file>', 'from `ramz audit export`, made before the restore (required)')
    .option('--key <key>', 'the audit key, from `ramz audit key` (default: the one in the export, which proves less)')
    .option('--witness <file>', 'checkpoints that a witness kept')
    .option('--as <caller>', 'certificate of the core, by its name under <data-dir>/pki', 'core')
    .addHelpText('after', EXIT_HELP)
    .action((options: ReplayOptions) => runCommand(options, () => replay(options)));
}

async function replay(options: ReplayOptions): Promise<CommandResult> {
  const { export: path, key, witness, json } = options;
  const known = { ...(key !== undefined && { key }), ...(witness !== undefined && { witness }) };
  const { fault, entries } = await verifyExport(path, known, progressLine(json, 'bytes'));
  if (fault !== undefined) throw new Error(`the export is not believed: ${fault}`);
  const shared = await sharedWith(options, path, entries);
  const core = new RamzClient(connectionOf(options, options.as));
  let subjects = 0;
  try {
    for (const some of pagesOf(path, shared)) subjects += await core.register.replayEntries(some);
  } finally {
    core.close();
  }
  return {
    value: { entries: entries - shared, subjects },
    lines: [
      `the export has ${entries - shared} entries that this log lacks; of ${subjects} cards and customers something was taken away again`,
      'now let the core send all subjects again, then: ramz restore end',
    ],
  };
}

/** Returns how many entries the daemon's log shares with the export, from the first on. */
async function sharedWith(options: DaemonOptions, path: string, size: number): Promise<number> {
  const auditor = new RamzClient(connectionOf(options, 'auditor'));
  const progress = progressLine(options.json, 'entries');
  let [index, page] = [0, [] as readonly Buffer[]];
  try {
    for (const leaf of exportedEntries(path)) {
      if (index % PAGE === 0) {
        ({ entries: page } = await auditor.entries(index, PAGE));
        progress(index, size);
      }
      if (page[index % PAGE]?.equals(leaf) !== true) break;
      index += 1;
    }
    return index;
  } finally {
    auditor.close();
  }
}

/** Yields the entries after the shared ones that may take something away, in pages of a message. */
function* pagesOf(path: string, shared: number): Iterable<Buffer[]> {
  let [index, bytes, some] = [0, 0, [] as Buffer[]];
  for (const leaf of exportedEntries(path)) {
    if (index++ < shared || !mayTakeAway(decodeEntry(leaf))) continue;
    if (some.length === ENTRIES_MAX || bytes + leaf.length > BYTES_MAX) {
      yield some;
      [bytes, some] = [0, []];
    }
    some.push(Buffer.from(leaf));
    bytes += leaf.length;
  }
  if (some.length > 0) yield some;
}

/** The vault decides what each of them takes away. */
function mayTakeAway(entry: Entry): boolean {
  if (entry.kind === 'verdict') return entry.reason.includes('locked-now');
  return entry.kind === 'life-cycle' || (entry.kind === 'enrolled' && entry.voids.length > 0);
}

function endCommand(): Command {
  return daemonCommand('end', 'says that the core has sent all its subjects again: tokens can be enrolled')
    .option('--as <caller>', 'certificate of the core, by its name under <data-dir>/pki', 'core')
    .addHelpText('after', EXIT_HELP)
    .action((options: DaemonOptions & { as: string }) =>
      runCommand(options, async (): Promise<CommandResult> => {
        const core = new RamzClient(connectionOf(options, options.as));
        await core.register.endReplay().finally(() => core.close());
        return { value: { ended: true }, lines: ['the replay is over'] };
      }),
    );
}
