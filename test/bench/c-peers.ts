import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Operations per second of CPU time of the installed C peers. */
export interface CPeers {
  readonly liboath_hotp?: number;
  readonly liboath_window_3?: number;
  readonly openssl_reinit?: number;
}

const SOURCES = [
  { file: 'liboath-peer.c', library: '-loath' },
  { file: 'openssl-peer.c', library: '-lcrypto' },
];

/** The C peers that can be compiled on this machine. */
export class CPrograms {
  readonly #dir: string = mkdtempSync(join(tmpdir(), 'ramz-bench-'));
  readonly #programs: string[] = [];

  constructor() {
    for (const { file, library } of SOURCES) {
      const program = join(this.#dir, file.replace('.c', ''));
      const source = fileURLToPath(new URL(file, import.meta.url));
      const { status } = spawnSync('cc', ['-O2', '-o', program, source, library], { encoding: 'utf8' });
      if (status === 0) this.#programs.push(program);
    }
  }

  /** Runs one round of each. */
  measure(): CPeers {
    const rates = this.#programs.map(
      (program) => JSON.parse(spawnSync(program, ['1'], { encoding: 'utf8' }).stdout) as CPeers,
    );
    return Object.assign({}, ...rates) as CPeers;
  }

  remove(): void {
    rmSync(this.#dir, { recursive: true });
  }
}
