import { readFileSync } from 'node:fs';
import { describeCommand, readPerson } from '@ramz/client';
import {
  KEY_STATES,
  type KeyState,
  type ProposalView,
  type Quorum,
  quorumSchema,
  type SensitiveCommand,
} from '@ramz/custody';
import { Command, Option } from 'commander';
import { parse } from 'yaml';
import { EXIT_HELP } from '../exit-codes.ts';
import { readCount, readTime } from '../options.ts';
import {
  askYes,
  asPerson,
  type PersonAtTerminal,
  type PersonOptions,
  personCommand,
} from '../people/person-options.ts';
import { progressOf } from '../people/progress.ts';
import { assertNotProposed, waitingOf, waitingOutcome } from '../people/waiting-outcome.ts';
import { type CommandResult, runCommand } from '../run-command.ts';

interface ProposeOptions extends PersonOptions {
  readonly minutes?: number;
  readonly uses: number;
}

/** Returns a command that proposes something. It runs at once if its proposer alone suffices. */
function proposing(name: string, description: string): Command {
  return personCommand(name, description)
    .addOption(
      new Option('--minutes <number>', 'how long approvals stay valid (default: as long as the rules allow)').argParser(
        readCount,
      ),
    )
    .addOption(new Option('--uses <number>', 'how many times it may run once approved').argParser(readCount).default(1))
    .addHelpText('after', EXIT_HELP);
}

export function sealCommand(): Command {
  return proposing('seal', 'wipes every key from memory; custodians unseal again').action((options: ProposeOptions) =>
    run(options, { name: 'seal' }),
  );
}

export function zeroiseCommand(): Command {
  return proposing('zeroise', 'destroys every key in store and memory permanently, after enough approvals').action(
    (options: ProposeOptions) => run(options, { name: 'zeroise' }),
  );
}

export function acceptClockCommand(): Command {
  return proposing(
    'accept-clock',
    "accepts the machine's clock after it jumped: compare it with another clock first",
  ).action((options: ProposeOptions) => run(options, { name: 'accept-clock' }));
}

export function blockCallerCommand(): Command {
  return proposing('block-caller', 'blocks a stolen certificate: rejects its calls and closes its connections')
    .argument('<caller>', "the certificate's common name")
    .action((caller: string, options: ProposeOptions) => run(options, { name: 'block-caller', caller }));
}

export function unblockCallerCommand(): Command {
  return proposing('unblock-caller', 'unblocks a blocked caller')
    .argument('<caller>', "the certificate's common name")
    .action((caller: string, options: ProposeOptions) => run(options, { name: 'unblock-caller', caller }));
}

export function liftLocksCommand(): Command {
  return proposing(
    'lift-locks',
    'lifts the locks that a blocked caller caused, on this daemon; repeat the command until no lock is left',
  )
    .requiredOption('--caller <name>', "the blocked caller: its certificate's common name")
    .addOption(
      new Option('--since <time>', 'locks made since this time, such as 2026-11-28T14:00:00Z')
        .argParser(readTime)
        .makeOptionMandatory(),
    )
    .action(({ caller, since, ...options }: ProposeOptions & { readonly caller: string; readonly since: number }) =>
      run(options, { name: 'lift-locks', caller, since_ms: since }),
    );
}

export function proposeCommand(): Command {
  const add = proposing('add-person', 'adds an operator or auditor')
    .argument('<key-file>', 'their key file, or a copy without its secrets')
    .action((file: string, options: ProposeOptions) =>
      run(options, { name: 'add-person', person: readPerson(file).person }),
    );
  const remove = proposing('remove-person', 'removes an operator or auditor')
    .argument('<name>', 'whom')
    .action((person: string, options: ProposeOptions) => run(options, { name: 'remove-person', person }));
  const quorum = proposing('set-quorum', 'changes whose approval each operation needs')
    .argument('<file>', 'YAML, like the `quorum` part of a bank profile')
    .action((file: string, options: ProposeOptions) => run(options, { name: 'set-quorum', quorum: readQuorum(file) }));
  const key = proposing('set-key-state', 'moves a seed master key to another state (SP 800-57), and seals')
    .argument('<version>', 'version of the key: its epoch')
    .argument('<state>', KEY_STATES.join(', '))
    .action((version: string, state: KeyState, options: ProposeOptions) =>
      run(options, { name: 'set-key-state', key: 'seed-master', version: Number(version), state }),
    );
  const zone = proposing(
    'export-zone-key',
    "gives another system its key for PIN blocks (ISO 9564), sealed to that system's public key",
  )
    .argument('<zone>', 'name of the system')
    .argument('<public-key>', 'its X25519 public key, 64 hexadecimal digits (`ramz zone make`)')
    .addOption(new Option('--bits <number>', 'bits of the AES key').choices(['128', '192', '256']).default('256'))
    .action((name: string, recipient: string, { bits, ...options }: ProposeOptions & { readonly bits: string }) =>
      run(options, {
        name: 'export-zone-key',
        zone: name,
        recipient,
        ...(bits === '256' ? {} : { bits: Number(bits) as 128 | 192 }),
      }),
    );
  const identity = proposing(
    'adopt-identity',
    "replaces the vault's identity key with its new one, from its next start on",
  )
    .argument('<public-key>', 'the new key, 64 hexadecimal digits, from fingerprint.next on the console')
    .action((key: string, options: ProposeOptions) => run(options, { name: 'adopt-identity', identity: key }));
  return new Command('propose')
    .description('proposes a sensitive command; others approve it')
    .addCommand(identity)
    .addCommand(add)
    .addCommand(remove)
    .addCommand(quorum)
    .addCommand(key)
    .addCommand(zone);
}

export function approveCommand(): Command {
  return personCommand(
    'approve',
    'approves the given proposal; without one, lists the proposals that wait for approval',
  )
    .argument('[proposal]', '32 hexadecimal digits')
    .addHelpText('after', EXIT_HELP)
    .action((nonce: string | undefined, options: PersonOptions) =>
      runCommand(options, () =>
        asPerson(options, (person) => (nonce === undefined ? list(person) : approve(person, nonce))),
      ),
    );
}

export function repeatCommand(): Command {
  return personCommand('repeat', 'runs an approved command again, as often as its approvals allow')
    .argument('<proposal>', '32 hexadecimal digits')
    .addHelpText('after', EXIT_HELP)
    .action((nonce: string, options: PersonOptions) =>
      runCommand(options, () => asPerson(options, (person) => repeat(person, nonce))),
    );
}

function run(options: ProposeOptions, command: SensitiveCommand): Promise<void> {
  return runCommand(options, () =>
    asPerson(options, async ({ line, terminal, texts }) => {
      if (command.name === 'zeroise' && !(await askYes(terminal, texts, texts.zeroise, 'zeroise')))
        return { value: { done: false, proposal: null }, lines: ['not proposed'] };
      const before = await line.look();
      if (before.state === 'uninitialised')
        throw new Error('the daemon has no keys and knows no people yet: hold the first ceremony');
      assertNotProposed(before, command);
      const { nonce, now } = await line.propose(command, options.minutes, options.uses);
      const done = { value: { done: true, state: now.state }, lines: [`done; the daemon is ${now.state}`] };
      return waitingOutcome(now, nonce) ?? done;
    }),
  );
}

async function list({ line }: PersonAtTerminal): Promise<CommandResult> {
  const { proposals } = await line.look();
  const lines = proposals.flatMap(linesOf);
  return { value: { proposals }, lines: lines.length === 0 ? ['nothing waits for approval'] : lines };
}

async function approve({ line, terminal, texts }: PersonAtTerminal, nonce: string): Promise<CommandResult> {
  const shown = await line.proposal(nonce);
  terminal.say(linesOf(shown), { proposal: shown });
  if (!(await askYes(terminal, texts, texts.approve, 'approve')))
    return { value: { approved: null }, lines: ['not approved'] };
  const now = await line.approve(shown);
  const waiting = waitingOf(now, nonce);
  const isOpen = shown.command.name === 'open-ceremony';
  const done = isOpen ? progressOf(now, texts, line.name) : `the daemon is ${now.state}`;
  return {
    value: { approved: nonce, done: waiting === undefined, state: now.state },
    lines:
      waiting === undefined
        ? [`approved and carried out; ${done}`, ...(isOpen ? ['take part with: ramz ceremony attend'] : [])]
        : [`approved; waits for ${waiting.missing}`],
  };
}

function linesOf({
  nonce,
  command,
  expires_at_ms: expiresAtMs,
  approved_by: approvedBy,
  missing,
  uses,
  used,
}: ProposalView): string[] {
  return [
    `${nonce}  until ${new Date(expiresAtMs).toISOString()}, used ${used} of ${uses}`,
    ...describeCommand(command).map((text) => `  ${text}`),
    `  approved by ${approvedBy.join(', ')}${missing === '' ? '' : `; waits for ${missing}`}`,
  ];
}

async function repeat({ line }: PersonAtTerminal, nonce: string): Promise<CommandResult> {
  const { proposals } = await line.look();
  const used = proposals.find((proposal) => proposal.nonce === nonce)?.used ?? 0;
  const { now } = await line.say({ type: 'repeat', nonce, use: used + 1 });
  return {
    value: { repeated: nonce, use: used + 1, state: now.state },
    lines: [`carried out, use ${used + 1}; the daemon is ${now.state}`],
  };
}

function readQuorum(path: string): Quorum {
  const whole = parse(readFileSync(path, 'utf8')) as { quorum?: unknown };
  const parsed = quorumSchema.safeParse(whole.quorum ?? whole);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Error(`${path}: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`);
}
