// npm run bench:audit: makes an export of a million entries and checks it like `ramz audit verify`.
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SigningKeys, snakeKeys } from '@ramz/custody';
import { checkpointLine, EXPORT_VERSION, entryLine } from '../../libs/audit-log/src/audit/export-format.ts';
import { verifyExport } from '../../libs/audit-log/src/audit/verify-export.ts';
import type { Entry } from '../../libs/audit-log/src/entries/entry.ts';
import { encodeEntry } from '../../libs/audit-log/src/entries/entry-codec.ts';
import { checkpointText, signedNote } from '../../libs/audit-log/src/tree/checkpoint.ts';
import { leafHash, TreeEdge } from '../../libs/audit-log/src/tree/merkle-tree.ts';
import { benchNumbers } from '../bench/bench-numbers.ts';

const CHECKPOINT_EVERY = 4_096;
const ORIGIN = 'ramz/test/maskan/bench';

function entry(n: number): Entry {
  const id = n.toString(16).padStart(32, '1');
  return {
    kind: 'verdict',
    atMs: 1_795_300_000_000 + n,
    caller: 'internet-bank',
    channel: 'internet-bank',
    subject: id,
    purpose: 'second-pin',
    enrolmentId: id,
    reason: 'accepted',
    step: 30_000_000 + n,
    requestKey: id,
    requestDigest: id,
  };
}

/** Writes an export of `count` entries. Returns its audit key, in hexadecimal. */
export async function writeExport(path: string, count: number): Promise<string> {
  const keys = await SigningKeys.make();
  const edge = new TreeEdge();
  const file = openSync(path, 'w');
  writeSync(file, `${EXPORT_VERSION}\nkey ${Buffer.from(keys.publicKey).toString('hex')}\n`);
  let lines: string[] = [];
  for (let n = 0; n < count; n++) {
    const bytes = encodeEntry(entry(n));
    const leaf = leafHash(bytes);
    edge.append(leaf);
    lines.push(entryLine(n, leaf, bytes));
    if (edge.size % CHECKPOINT_EVERY !== 0 && edge.size !== count) continue;
    const text = checkpointText({ origin: ORIGIN, size: edge.size, root: edge.root() });
    lines.push(
      checkpointLine(signedNote(text, ORIGIN, keys.publicKey, await keys.sign(new TextEncoder().encode(text)))),
    );
    writeSync(file, lines.join(''));
    lines = [];
  }
  closeSync(file);
  return Buffer.from(keys.publicKey).toString('hex');
}

/** Makes and checks an export. Returns the seconds it took and the growth of memory in MiB. */
export async function timeVerify(
  count: number,
): Promise<{ seconds: number; grownMib: number; fault: string | undefined }> {
  const dir = mkdtempSync(join(tmpdir(), 'ramz-audit-'));
  try {
    const path = join(dir, 'export');
    const key = await writeExport(path, count);
    globalThis.gc?.();
    const before = process.memoryUsage().rss;
    let most = before;
    const startedMs = performance.now();
    const { fault, entries } = await verifyExport(path, { key }, () => {
      most = Math.max(most, process.memoryUsage().rss);
    });
    if (entries !== count) throw new Error(`${entries} of ${count} entries were checked`);
    return { seconds: (performance.now() - startedMs) / 1000, grownMib: (most - before) / 2 ** 20, fault };
  } finally {
    rmSync(dir, { recursive: true });
  }
}

if (process.argv[1]?.endsWith('verify-million.ts')) {
  const { entries: count } = benchNumbers('npm run bench:audit -- [flags]: times the verification of an export', {
    entries: { usual: 1_000_000, least: 1, what: 'entries in the export, which is made first' },
  });
  const cpu = process.cpuUsage();
  const result = await timeVerify(count);
  const { user, system } = process.cpuUsage(cpu);
  process.stdout.write(
    `${count} entries: ${result.seconds.toFixed(1)} s, memory grew by ${result.grownMib.toFixed(0)} MiB\n`,
  );
  process.stdout.write(
    `${JSON.stringify(snakeKeys({ entries: count, ...result, cpu_s_with_making_it: (user + system) / 1e6 }))}\n`,
  );
}
