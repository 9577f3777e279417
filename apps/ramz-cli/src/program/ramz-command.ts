// The `ramz` command, for custodians, operators, auditors and bank engineers, with all that it can
// do.
import { readFileSync } from 'node:fs';
import { Command } from 'commander';

type Load = () => Promise<readonly Command[]>;

/** In help order. Loads only the requested command: `status` must not wait for the PDF library. */
const COMMANDS: readonly (readonly [names: readonly string[], load: Load])[] = [
  [['status'], async () => [(await import('../commands/status.ts')).statusCommand()]],
  [['verify'], async () => [(await import('../commands/verify.ts')).verifyCommand()]],
  [['verify-signature'], async () => [(await import('../commands/verify-signature.ts')).verifySignatureCommand()]],
  [['resynchronise'], async () => [(await import('../commands/verify.ts')).resynchroniseCommand()]],
  [['card'], async () => [(await import('../commands/card/card.ts')).cardCommand()]],
  [['atm'], async () => [(await import('../commands/activation/atm.ts')).atmCommand()]],
  [['branch'], async () => [(await import('../commands/activation/branch.ts')).branchCommand()]],
  [['texts'], async () => [(await import('../commands/activation/texts.ts')).textsCommand()]],
  [['app'], async () => [(await import('../commands/activation/app.ts')).appCommand()]],
  [['ceremony'], async () => [(await import('../commands/ceremony.ts')).ceremonyCommand()]],
  [['person', 'forget-vault'], personCommands],
  [['unseal'], async () => [(await import('../commands/unseal.ts')).unsealCommand()]],
  [
    ['seal', 'zeroise', 'accept-clock', 'block-caller', 'unblock-caller', 'lift-locks', 'propose', 'approve', 'repeat'],
    approvalCommands,
  ],
  [['policy'], async () => [(await import('../commands/policy.ts')).policyCommand()]],
  [['keys', 'self-test'], keyCommands],
  [['audit'], async () => [(await import('../commands/audit.ts')).auditCommand()]],
  [['events'], async () => [(await import('../commands/events.ts')).eventsCommand()]],
  [['restore'], async () => [(await import('../commands/restore.ts')).restoreCommand()]],
  [['zone'], async () => [(await import('../commands/zone.ts')).zoneCommand()]],
];

async function personCommands(): Promise<readonly Command[]> {
  const { forgetVaultCommand, personCommand } = await import('../commands/person.ts');
  return [personCommand(), forgetVaultCommand()];
}

async function approvalCommands(): Promise<readonly Command[]> {
  const approvals = await import('../commands/approvals.ts');
  return [
    approvals.sealCommand(),
    approvals.zeroiseCommand(),
    approvals.acceptClockCommand(),
    approvals.blockCallerCommand(),
    approvals.unblockCallerCommand(),
    approvals.liftLocksCommand(),
    approvals.proposeCommand(),
    approvals.approveCommand(),
    approvals.repeatCommand(),
  ];
}

async function keyCommands(): Promise<readonly Command[]> {
  const { keysCommand, selfTestCommand } = await import('../commands/keys.ts');
  return [keysCommand(), selfTestCommand()];
}

/** Loads all commands for help or an unknown name, and none for the version. */
async function commandsFor(args: readonly string[]): Promise<readonly Command[]> {
  const [first = ''] = args;
  if (['--version', '-V'].includes(first)) return [];
  const asked = COMMANDS.filter(([names]) => names.includes(first));
  const loaded = await Promise.all((asked.length > 0 ? asked : COMMANDS).map(([, load]) => load()));
  return loaded.flat();
}

/** @param args of the command line: only the commands that they name are loaded; all without any */
export async function ramzCommand(args: readonly string[]): Promise<Command> {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    readonly version: string;
  };
  const ramz = new Command('ramz')
    .description('one-time codes for banks: ceremonies, keys, audit, status and verdicts of a Ramz daemon')
    .version(version);
  for (const command of await commandsFor(args)) ramz.addCommand(command);
  return ramz;
}
