// The `ramz` command, for custodians, operators and bank engineers.
import { Command } from 'commander';
import { DAEMON_VERSION } from '../daemon.ts';
import { ceremonyCommand } from './commands/ceremony.ts';
import { sealCommand } from './commands/seal.ts';
import { statusCommand } from './commands/status.ts';
import { unsealCommand } from './commands/unseal.ts';
import { verifyCommand } from './commands/verify.ts';

await new Command('ramz')
  .description('one-time codes for banks: ceremonies, status and verdicts of a Ramz daemon')
  .version(DAEMON_VERSION)
  .addCommand(statusCommand())
  .addCommand(verifyCommand())
  .addCommand(ceremonyCommand())
  .addCommand(unsealCommand())
  .addCommand(sealCommand())
  .parseAsync();
