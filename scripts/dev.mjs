// npm run dev: a daemon of the test realm that is built again and restarted at every change, with
// both processes open to a debugger. Its keys are made at the first start, and custodians of a
// rehearsal open it after each.
import { spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';

const OPTIONS = {
  'data-dir': { type: 'string', default: '.ramz/dev' },
  port: { type: 'string', default: '50551' },
  'inspect-front': { type: 'string', default: '9229' },
  'inspect-vault': { type: 'string', default: '9230' },
  help: { type: 'boolean', default: false },
};
const HELP = `npm run dev -- [options]

Builds, starts ramz-daemon in the test realm, and builds and restarts it at every change of a source file. Both processes
listen for a debugger on this machine: open chrome://inspect, or attach your editor.

  --data-dir <path>       store, keys and certificates (default: ${OPTIONS['data-dir'].default})
  --port <number>         of the daemon (default: ${OPTIONS.port.default})
  --inspect-front <port>  debugger of the front (default: ${OPTIONS['inspect-front'].default})
  --inspect-vault <port>  debugger of the vault (default: ${OPTIONS['inspect-vault'].default}); a debugger can read its keys
`;

const { values } = parseArgs({ options: OPTIONS });
if (values.help) {
  process.stdout.write(HELP);
  process.exit(0);
}

const built = spawnSync('npm', ['run', '--silent', 'build'], { stdio: 'inherit' });
if (built.status !== 0) process.exit(built.status ?? 1);
const compiler = spawn('tsc', ['-b', '--watch', '--preserveWatchOutput'], { stdio: 'inherit' });
const WATCHED = ['apps/hsm-daemon/dist', 'libs', 'proto/dist'].map((path) => `--watch-path=${path}`);
const inspect = `--inspect=127.0.0.1:${values['inspect-front']}`;
const where = ['--data-dir', values['data-dir'], '--port', values.port];
const flags = ['--watch', '--watch-preserve-output', ...WATCHED, inspect];
const options = [...where, '--debug-vault', values['inspect-vault']];
const daemon = spawn('node', [...flags, 'apps/hsm-daemon/dist/main.js', ...options], {
  stdio: ['inherit', 'pipe', 'inherit'],
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, stop);
daemon.on('exit', stop);
compiler.on('exit', stop);
// Each line of the log is printed; a daemon without keys gets them, and a sealed one is opened.
for await (const line of createInterface(daemon.stdout)) {
  process.stdout.write(`${line}\n`);
  if (line.includes('"msg":"listening"')) open();
}

function stop() {
  daemon.kill();
  compiler.kill();
}

/** Opens the vault with shares of the rehearsal. The first time it holds the first ceremony. */
function open() {
  const ramz = (...args) => spawnSync('ramz', [...args, ...where], { encoding: 'utf8' });
  const { stdout } = ramz('status', '--json');
  const steps = /UNINITIALISED/.test(stdout) ? [['ceremony', 'rehearse']] : [];
  for (const step of [...steps, ['unseal', '--custodian', 'custodian-1', 'custodian-2']]) {
    const { stdout: said, stderr } = ramz(...step);
    process.stdout.write(said + stderr);
  }
  process.stdout.write(`call it with: npx ramz status ${where.join(' ')}\n`);
}
