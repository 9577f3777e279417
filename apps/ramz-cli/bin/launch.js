// Plain JavaScript: it must report problems on any Node version and before any build.
import { existsSync } from 'node:fs';

/** Runs a built program, or prints in one sentence why it cannot. */
export async function launch(command, path) {
  const built = new URL(path, import.meta.url);
  const problem = whatIsWrong(command, built);
  if (problem === undefined) return void (await import(built.href));
  console.error(`${command}: ${problem}`);
  process.exit(78);
}

function whatIsWrong(command, built) {
  if (Number.parseInt(process.versions.node, 10) < 24) {
    return `needs Node 24, this is ${process.versions.node}: start it as "npx ${command}" inside the repository`;
  }
  return existsSync(built) ? undefined : 'not built yet: run "npm run build" in the repository first';
}
