// The process that holds keys. It has no listening socket; its parent's channel is its only door.
import { crash } from './serve-front.ts';
import { readVaultOptions, startVault } from './start-vault.ts';

// A terminal that closes, or somebody who means the front, ends no vault.
process.on('SIGHUP', () => {});
// Whatever it writes is for its own user only.
process.umask(0o077);
startVault(readVaultOptions(process.argv)).catch(crash);
