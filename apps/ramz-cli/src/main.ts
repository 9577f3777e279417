// The `ramz` command, for custodians, operators, auditors and bank engineers.
import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import {
  acceptClockCommand,
  approveCommand,
  blockCallerCommand,
  liftLocksCommand,
  proposeCommand,
  repeatCommand,
  sealCommand,
  unblockCallerCommand,
  zeroiseCommand,
} from './commands/approvals.ts';
import { auditCommand } from './commands/audit.ts';
import { ceremonyCommand } from './commands/ceremony.ts';
import { eventsCommand } from './commands/events.ts';
import { keysCommand, selfTestCommand } from './commands/keys.ts';
import { forgetVaultCommand, personCommand } from './commands/person.ts';
import { policyCommand } from './commands/policy.ts';
import { statusCommand } from './commands/status.ts';
import { unsealCommand } from './commands/unseal.ts';
import { resynchroniseCommand, verifyCommand } from './commands/verify.ts';
import { verifySignatureCommand } from './commands/verify-signature.ts';
import { zoneCommand } from './commands/zone.ts';
import { runProgram } from './usage.ts';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  readonly version: string;
};

const ramz = new Command('ramz')
  .description('one-time codes for banks: ceremonies, keys, audit, status and verdicts of a Ramz daemon')
  .version(version)
  .addCommand(statusCommand())
  .addCommand(verifyCommand())
  .addCommand(verifySignatureCommand())
  .addCommand(resynchroniseCommand())
  .addCommand(ceremonyCommand())
  .addCommand(personCommand())
  .addCommand(forgetVaultCommand())
  .addCommand(unsealCommand())
  .addCommand(sealCommand())
  .addCommand(zeroiseCommand())
  .addCommand(acceptClockCommand())
  .addCommand(blockCallerCommand())
  .addCommand(unblockCallerCommand())
  .addCommand(liftLocksCommand())
  .addCommand(proposeCommand())
  .addCommand(approveCommand())
  .addCommand(repeatCommand())
  .addCommand(policyCommand())
  .addCommand(keysCommand())
  .addCommand(selfTestCommand())
  .addCommand(auditCommand())
  .addCommand(eventsCommand())
  .addCommand(zoneCommand());
await runProgram(ramz, process.argv.slice(2));
