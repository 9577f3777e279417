import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Rates of the C peers that are installed, a second of CPU time. */
export interface CPeers {
  readonly liboath_hotp?: number;
  readonly liboath_window_3?: number;
  readonly openssl_reinit?: number;
}

const SOURCES = [
  { file: 'liboath-peer.c', library: '-loath' },
  { file: 'openssl-peer.c', library: '-lcrypto' },
];

/** Compiles and runs what can be compiled here; an absent peer is absent from the answer. */
export function measureC(rounds: number): CPeers {
  const dir = mkdtempSync(join(tmpdir(), 'ramz-bench-'));
  try {
    const found = SOURCES.map(({ file, library }) => {
      const program = join(dir, file.replace('.c', ''));
      const source = fileURLToPath(new URL(file, import.meta.url));
      const built = spawnSync('cc', ['-O2', '-o', program, source, library], { encoding: 'utf8' });
      if (built.status !== 0) return {};
      const { stdout } = spawnSync(program, [String(rounds)], { encoding: 'utf8' });
      return JSON.parse(stdout) as CPeers;
    });
    return Object.assign({}, ...found) as CPeers;
  } finally {
    rmSync(dir, { recursive: true });
  }
}
