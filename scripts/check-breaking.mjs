// npm run breaking: does the contract still take what the last release's clients send, and do they
// understand its answers?
import { spawnSync } from 'node:child_process';
import { lastRelease } from './last-release.mjs';

const release = lastRelease();
if (release === undefined) {
  process.stdout.write('there is no release yet: the contract has nothing to be compared with\n');
} else {
  const against = `.git#ref=${release.commit},subdir=proto`;
  const { status } = spawnSync('buf', ['breaking', 'proto', '--against', against], { stdio: 'inherit' });
  process.stdout.write(
    status === 0
      ? `the contract breaks no client of ${release.name}\n`
      : `the contract breaks clients of ${release.name}\n`,
  );
  process.exitCode = status ?? 1;
}
