#!/usr/bin/env node
// The installed command. Plain JavaScript: it must explain itself on any Node and before any build.
import { existsSync } from 'node:fs';

const built = new URL('../dist/cli/main.js', import.meta.url);
if (Number.parseInt(process.versions.node, 10) < 24) {
  console.error(`ramz: needs Node 24, this is ${process.versions.node}: start it as "npx ramz" inside the repository`);
  process.exit(78);
} else if (!existsSync(built)) {
  console.error('ramz: not built yet: run "npm run build" in the repository first');
  process.exit(78);
} else {
  await import(built.href);
}
