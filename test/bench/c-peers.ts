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

/** The C peers that can be compiled here, to be measured in turn with the others. */
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

  /** One round of each. */
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
