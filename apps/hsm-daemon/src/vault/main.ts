// The process that holds keys. It has no network socket: the front reaches it over the parent's
// channel or a Unix socket.
import { url as debuggerUrl } from 'node:inspector';
import { crash } from './serve-front.ts';
import { readVaultOptions, startVault } from './start-vault.ts';

// A terminal that closes, or a signal meant for the front, must not end the vault.
process.on('SIGHUP', () => {});
// Files that it writes are for its own user only.
process.umask(0o077);
const options = readVaultOptions(process.argv);
// However the process was started: a debugger reads the memory with the keys.
if (options.realm === 'live' && debuggerUrl() !== undefined) {
  crash(new Error('the vault of a live realm is open to a debugger: start it without --inspect'));
} else startVault(options).catch(crash);
