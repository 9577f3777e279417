/** The printed results of one way to send codes. */
export interface PrintedRow {
  readonly what: string;
  readonly codes_per_s: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly front_us: number;
  readonly vault_us: number;
}

export function cpuMicrosOf({ front_us: frontMicros, vault_us: vaultMicros }: PrintedRow): number {
  return frontMicros + vaultMicros;
}

export function middleOf(all: readonly number[]): number {
  return all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)] ?? Number.NaN;
}

export function table(rows: readonly PrintedRow[]): string {
  const line = (cells: readonly string[]) =>
    cells.map((cell, i) => (i === 0 ? cell.padEnd(34) : cell.padStart(11))).join('');
  const figures = rows.map((row) =>
    line([
      row.what,
      cpuMicrosOf(row).toFixed(1),
      row.front_us.toFixed(1),
      row.vault_us.toFixed(1),
      row.codes_per_s.toFixed(0),
      row.p50Ms.toFixed(2),
      row.p99Ms.toFixed(2),
    ]),
  );
  return [line(['', 'CPU us', 'front us', 'vault us', 'codes/s', 'p50 ms', 'p99 ms']), ...figures].join('\n');
}

/** @param byPeer CPU time of front and vault divided by the peer's */
export function peerLine(
  { isMeasured, micros }: { readonly isMeasured: boolean; readonly micros: number },
  byPeer: { readonly batch: number; readonly stream: number },
): string {
  const where = isMeasured ? 'in this run' : 'recorded on another machine: install freeradius and freeradius-utils';
  const ratios = `ramz takes ${byPeer.batch.toFixed(2)} times that in batches, ${byPeer.stream.toFixed(2)} times in streams`;
  return `a C peer without state or durability (FreeRADIUS, totp): ${micros.toFixed(1)} us a code, ${where}; ${ratios}`;
}
