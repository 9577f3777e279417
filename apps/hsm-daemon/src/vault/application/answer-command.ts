import { isActivationAct, isActivationCommand } from '../../boundary/activation-commands.ts';
import type { Reply, SelfTestCommand } from '../../boundary/commands.ts';
import { isSubjectAct } from '../../boundary/life-cycle-commands.ts';
import { answerActivation } from './activation/answer-activation.ts';
import { answerQuery } from './answer-query.ts';
import type { Batch, Draft } from './batch/batch.ts';
import { Fault } from './batch/fault.ts';
import type { VaultPorts } from './batch/ports.ts';
import type { StatementIntake } from './ceremony/statement-intake.ts';
import { enrolToken } from './enrolment/enrol-token.ts';
import type { KeyHolder } from './keys/key-holder.ts';
import type { OpenKeys } from './keys/open-keys.ts';
import { endReplay, isReplayPending, replayEntries } from './life-cycle/replay.ts';
import { runAct } from './life-cycle/run-act.ts';
import { showFile } from './life-cycle/show-file.ts';
import { testItself } from './run/test-itself.ts';
import { decideCall } from './verification/decide-call.ts';
import type { LockBudget } from './verification/lock-budget.ts';
import type { PlacedCommand } from './verification/name-tries.ts';

/** What answering a command needs from the vault. */
export interface AnswerContext {
  readonly holder: Pick<KeyHolder, 'openKeys' | 'state'>;
  readonly statements: StatementIntake;
  readonly locks: LockBudget;
  readonly ports: VaultPorts;
  readonly status: () => Promise<Reply>;
  /** Fails the vault, from any state and for good. */
  readonly fail: (failure: string) => Promise<void>;
}

/**
 * Answers one command that the current state admits. Most replies are returned synchronously.
 * @throws Fault
 */
export function answerCommand(
  { command, call }: PlacedCommand,
  batch: Batch,
  vault: AnswerContext,
): Reply | Promise<Reply> {
  const { holder, statements, locks, ports } = vault;
  switch (command.kind) {
    case 'verify':
    case 'resynchronise':
    case 'verify-signature':
      if (call === undefined) throw new Error('a command for verdicts was read without keys');
      if (ports.profile.afterRestore === 'hold') assertReplayed(ports);
      return { kind: 'verdicts', results: decideCall(call, batch, openKeys(holder), locks, ports) };
    case 'file':
      return showFile(command, batch, openKeys(holder), ports);
    case 'replay-entries':
      return replayEntries(command, batch, ports);
    case 'end-replay':
      endReplay(command, batch, ports);
      return { kind: 'noted' };
    case 'enrol':
      assertReplayed(ports);
      return enrolToken(command, batch, openKeys(holder), ports);
    case 'act':
      return statements.take(command, batch);
    case 'announce':
      return statements.announce({ nonce: command.nonce }, new Uint8Array());
    case 'self-test':
      return selfTest(command, batch, vault);
    case 'status':
      return vault.status();
    case 'note-refusal':
      if (holder.state !== 'failed') batch.record({ ...command, kind: 'refusal', atMs: batch.nowMs });
      return { kind: 'noted' };
    default:
      if (isActivationCommand(command)) {
        if (isActivationAct(command)) assertReplayed(ports);
        return answerActivation(command, batch, openKeys(holder), ports);
      }
      if (isSubjectAct(command)) return runAct(command, batch, openKeys(holder), ports);
      return answerQuery(command, holder.openKeys, ports);
  }
}

async function selfTest(command: SelfTestCommand, draft: Draft, { ports, fail }: AnswerContext): Promise<Reply> {
  const { reply, failed } = await testItself(command, draft, ports);
  if (failed.length === 0) return reply;
  draft.afterCommit(() => fail(`self-test failed: ${failed.join(', ')}`));
  return reply;
}

/**
 * Returns the open keys. The state table admits a command only when they exist; otherwise an
 * invariant is broken.
 */
function openKeys({ openKeys: keys }: AnswerContext['holder']): OpenKeys {
  if (keys === undefined) throw new Error('operational without keys');
  return keys;
}

/** @throws Fault while the core has to send its subjects again (D-23) */
function assertReplayed({ ledger }: Pick<VaultPorts, 'ledger'>): void {
  if (!isReplayPending(ledger.keys)) return;
  throw new Fault('replay-pending', 'the store was restored: the core must send all subjects again, then EndReplay');
}
