// npm run build: compiles all packages in order, and reports progress.
import { spawnSync } from 'node:child_process';
import { buildKernels } from './build-kernel.mjs';

const startedMs = Date.now();
process.stderr.write('building the packages of Ramz (up to half a minute the first time) ... ');
await buildKernels();
const { status, stdout } = spawnSync('tsc', ['-b', '--pretty'], { encoding: 'utf8' });
const tookSeconds = ((Date.now() - startedMs) / 1000).toFixed(1);
process.stderr.write(status === 0 ? `done in ${tookSeconds} s\n` : `failed\n${stdout}\n`);
process.exitCode = status ?? 1;
