// npm run docs: the site of the documentation in dist/docs, with search. `-- --serve` shows it at
// each change of a page.
import { spawnSync } from 'node:child_process';

const HELP = `npm run docs [-- --serve]

Builds the site of the documentation into dist/docs: the pages under docs/, and the API of the libraries from their doc
comments. With --serve it is served on this machine instead, and follows every change of a page.
`;
if (process.argv.includes('--help')) {
  process.stdout.write(HELP);
  process.exit(0);
}
const isServed = process.argv.includes('--serve');
run('API of the libraries', 'docs/node_modules/.bin/typedoc', ['--options', 'docs/typedoc.json']);
run(isServed ? 'server' : 'site', 'vitepress', isServed ? ['dev', 'docs'] : ['build', 'docs']);
if (!isServed) process.stdout.write('the site is in dist/docs: open it with "npx vitepress preview docs"\n');

function run(what, program, args) {
  process.stdout.write(`${what} ...\n`);
  const { status } = spawnSync(program, args, { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
