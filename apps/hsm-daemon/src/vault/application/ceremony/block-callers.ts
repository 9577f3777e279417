import type { SensitiveCommand } from '@ramz/custody';
import type { Command } from '../../../boundary/commands.ts';
import { StatementRefused } from '../../domain/ceremony/refusal.ts';
import type { StoredKeys } from '../../store/ledger.ts';
import { writeStoredKeys } from '../../store/stored-keys.ts';
import type { Draft } from '../batch/batch.ts';
import { Fault } from '../batch/fault.ts';

/** A bank has some dozens of callers. */
const BLOCKED_MAX = 256;

/**
 * Rejects commands of a blocked caller. Refusals of it may still be noted.
 * @throws Fault `caller-blocked`
 */
export function assertNotBlocked(command: Command, stored: StoredKeys | undefined): void {
  if (!('caller' in command) || command.kind === 'note-refusal') return;
  if (stored?.blocked_callers.includes(command.caller) !== true) return;
  throw new Fault('caller-blocked', `the caller ${command.caller} was blocked by an operator (ramz unblock-caller)`);
}

/**
 * Keeps operators from blocking their own certificate, which could not undo the block.
 * @throws StatementRefused
 */
export function assertNotOwn(command: SensitiveCommand, caller: string): void {
  if (command.name !== 'block-caller' || command.caller !== caller) return;
  throw new StatementRefused(`this came with the certificate ${caller}: block it with another operator's certificate`);
}

/** @throws StatementRefused */
export function assertCanBlock(caller: string, { blocked_callers: blockedCallers }: StoredKeys): void {
  if (blockedCallers.includes(caller)) throw new StatementRefused(`${caller} is blocked already`);
  if (blockedCallers.length >= BLOCKED_MAX)
    throw new StatementRefused(`${BLOCKED_MAX} callers are blocked: revoke certificates, and unblock some`);
}

export function blockCaller(caller: string, stored: StoredKeys, draft: Draft): void {
  draft.recordAct({ act: 'callers', detail: `${caller} is blocked` });
  draft.storeKeys({ ...stored, blocked_callers: [...stored.blocked_callers, caller] });
}

/** @throws StatementRefused */
export function assertBlocked(caller: string, { blocked_callers: blockedCallers }: StoredKeys, why = ''): void {
  if (!blockedCallers.includes(caller)) throw new StatementRefused(`${caller} is not blocked${why}`);
}

export function unblockCaller(caller: string, stored: StoredKeys, draft: Draft): void {
  const blockedCallers = stored.blocked_callers.filter((one) => one !== caller);
  draft.recordAct({ act: 'callers', detail: `${caller} is not blocked any more` });
  draft.storeKeys({ ...stored, blocked_callers: blockedCallers });
}

/** Returns whether a ceremony can continue: it does not build on who is blocked. */
export function areSameButBlocks(now: StoredKeys | undefined, before: StoredKeys | undefined): boolean {
  if (now === before) return true;
  if (now === undefined || before === undefined) return false;
  const without = (keys: StoredKeys) => writeStoredKeys({ ...keys, blocked_callers: [] });
  return without(now) === without(before);
}

const BRAKES: readonly SensitiveCommand['name'][] = ['seal', 'zeroise', 'block-caller'];

/** Returns whether a command works at any time, even while a ceremony is open. */
export function isBrake({ name }: SensitiveCommand): boolean {
  return BRAKES.includes(name);
}
