// npm run release -- 0.2.0: checks, then writes the version everywhere, dates the changelog,
// commits and tags. Pushes nothing.
import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

const [version = ''] = process.argv.slice(2);
const CHANGELOG = 'CHANGELOG.md';
const UNRELEASED = /^## (?:Unreleased|\S+ – unreleased)$/m;

if (process.argv.includes('--help') || version === '') {
  process.stdout.write(
    'npm run release -- VERSION: a version such as 0.2.0, on a clean main with an "## Unreleased" section in CHANGELOG.md.\n' +
      'Runs the checks and all tests, writes the version, commits "release: vVERSION" and tags it. Push the tag yourself.\n',
  );
  process.exit(version === '' ? 2 : 0);
}
refuseIf(!/^\d+\.\d+\.\d+$/.test(version), `"${version}" is not a version such as 0.2.0`);
refuseIf(git('status', '--porcelain') !== '', 'there are changes that are not committed: commit or drop them first');
refuseIf(git('tag', '--list', `v${version}`) !== '', `v${version} exists: choose the next version`);
const changelog = readFileSync(CHANGELOG, 'utf8');
refuseIf(!UNRELEASED.test(changelog), `${CHANGELOG} has no section "## Unreleased": write what this version changes`);
for (const script of ['breaking', 'test', 'test:long']) {
  const { status } = spawnSync('npm', ['run', script], { stdio: 'inherit' });
  refuseIf(status !== 0, `"npm run ${script}" failed: mend that first`);
}
for (const path of manifests()) writeVersion(path);
const today = new Date().toISOString().slice(0, 10);
writeFileSync(CHANGELOG, changelog.replace(UNRELEASED, `## Unreleased\n\n## ${version} – ${today}`));
execFileSync('npm', ['install', '--package-lock-only', '--ignore-scripts'], { stdio: 'inherit' });
git('commit', '--all', '--message', `release: v${version}`);
git('tag', '--annotate', `v${version}`, '--message', `Ramz ${version}`);
process.stdout.write(`v${version} is committed and tagged; publish it with: git push --follow-tags\n`);

function git(...args) {
  return execFileSync('git', args, { encoding: 'utf8' }).trim();
}

function refuseIf(isWrong, why) {
  if (!isWrong) return;
  process.stderr.write(`release: ${why}\n`);
  process.exit(1);
}

function manifests() {
  const inside = (folder) => readdirSync(folder).map((name) => `${folder}/${name}/package.json`);
  return ['package.json', 'proto/package.json', 'docs/package.json', ...inside('apps'), ...inside('libs')];
}

function writeVersion(path) {
  const manifest = readFileSync(path, 'utf8');
  writeFileSync(path, manifest.replace(/"version": "[^"]*"/, `"version": "${version}"`));
}
