// Which commit was released last: the newest tag `v1.2.3`, or in a clone without tags the newest
// commit `release: v1.2.3`.
import { execFileSync } from 'node:child_process';

const git = (...args) => execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();

/** @returns {{ commit: string, name: string } | undefined} undefined before the first release */
export function lastRelease() {
  const [tag = ''] = git('tag', '--list', 'v[0-9]*', '--merged', 'HEAD', '--sort=-v:refname').split('\n');
  if (tag !== '') return { commit: git('rev-parse', `${tag}^{commit}`), name: tag };
  const [commit = '', name = ''] = git('log', '-1', '--format=%H %s', '--grep=^release: v[0-9]').split(
    / (?:release: )?/,
  );
  return commit === '' ? undefined : { commit, name };
}
