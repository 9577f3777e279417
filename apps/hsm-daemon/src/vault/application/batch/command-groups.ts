import type { Command } from '../../../boundary/commands.ts';

/** These change more than the store, and are not done twice: each is durable by itself. */
const ALONE: readonly Command['kind'][] = ['act', 'self-test'];

/** Runs of commands that are durable together, and may be decided again together; those that may not are alone. */
export function commandGroups(batch: readonly Command[]): Command[][] {
  const groups: Command[][] = [];
  for (const command of batch) {
    const last = groups.at(-1);
    const joins = last !== undefined && ![command.kind, last[0]?.kind ?? 'act'].some((kind) => ALONE.includes(kind));
    if (joins) last.push(command);
    else groups.push([command]);
  }
  return groups;
}
