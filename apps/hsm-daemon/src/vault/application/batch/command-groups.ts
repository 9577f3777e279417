import { ACTIVATION_COMMANDS } from '../../../boundary/activation-commands.ts';
import type { Command } from '../../../boundary/commands.ts';
import { SUBJECT_ACTS } from '../../../boundary/life-cycle-commands.ts';

/**
 * Each of these commits alone: the first two change more than the store and must not run twice, and
 * no verdict shares the fate of a long change.
 */
const ALONE: ReadonlySet<Command['kind']> = new Set([
  'act',
  'self-test',
  ...SUBJECT_ACTS,
  ...ACTIVATION_COMMANDS,
  'end-replay',
  'replay-entries',
] as const);

/**
 * Splits a batch into runs of commands that commit together and may be decided again together.
 * Commands that may not are alone.
 */
export function commandGroups(batch: readonly Command[]): Command[][] {
  const groups: Command[][] = [];
  for (const command of batch) {
    const last = groups.at(-1);
    const joins = last !== undefined && !ALONE.has(command.kind) && !ALONE.has(last[0]?.kind ?? 'act');
    if (joins) last.push(command);
    else groups.push([command]);
  }
  return groups;
}
