import type { Reply, SelfTestCommand } from '../../boundary/commands.ts';
import { answerQuery } from './answer-query.ts';
import { decideTries } from './decide-tries.ts';
import type { Draft } from './draft.ts';
import { enrolToken } from './enrol-token.ts';
import type { KeyHolder } from './key-holder.ts';
import type { LockBudget } from './lock-budget.ts';
import type { OpenKeys } from './open-keys.ts';
import type { CommandPlan } from './plan-command.ts';
import type { VaultPorts } from './ports.ts';
import type { StatementIntake } from './statement-intake.ts';
import { testItself } from './test-itself.ts';

/** The vault, as far as answering a command needs it. */
export interface AnswerContext {
  readonly holder: Pick<KeyHolder, 'openKeys' | 'state'>;
  readonly statements: StatementIntake;
  readonly locks: LockBudget;
  readonly ports: VaultPorts;
  readonly status: () => Promise<Reply>;
  /** From anywhere, and not back. */
  readonly fail: (failure: string) => Promise<void>;
}

/** One command that this state admits. Most replies are there at once. @throws Fault */
export function answerCommand(
  { command, tries }: CommandPlan,
  draft: Draft,
  vault: AnswerContext,
): Reply | Promise<Reply> {
  const { holder, statements, locks, ports } = vault;
  switch (command.kind) {
    case 'verify':
    case 'resynchronise':
    case 'verify-signature':
      if (tries === undefined) throw new Error('a command for verdicts was not planned');
      return { kind: 'verdicts', results: decideTries(tries, draft, openKeys(holder), locks, ports) };
    case 'enrol':
      return enrolToken(command, draft, openKeys(holder), ports);
    case 'act':
      return statements.take(command, draft);
    case 'announce':
      return statements.announce({ nonce: command.nonce }, new Uint8Array());
    case 'self-test':
      return selfTest(command, draft, vault);
    case 'status':
      return vault.status();
    case 'note-refusal':
      if (holder.state !== 'failed') draft.record({ ...command, kind: 'refusal', atMs: draft.nowMs });
      return { kind: 'noted' };
    default:
      return answerQuery(command, holder.openKeys, ports);
  }
}

async function selfTest(command: SelfTestCommand, draft: Draft, { ports, fail }: AnswerContext): Promise<Reply> {
  const { reply, failed } = await testItself(command, draft, ports);
  if (failed.length === 0) return reply;
  await draft.commit();
  await fail(`self-test failed: ${failed.join(', ')}`);
  return reply;
}

/** The state table admits a command only when these exist; anything else is a broken invariant. */
function openKeys({ openKeys: keys }: AnswerContext['holder']): OpenKeys {
  if (keys === undefined) throw new Error('operational without keys');
  return keys;
}
