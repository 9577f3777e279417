import { ACTIVATION_COMMANDS, type ActivationAct } from './activation-commands.ts';
import type { Command } from './commands.ts';
import { SUBJECT_ACTS, type SubjectActCommand } from './life-cycle-commands.ts';
import { PAGE_BYTES_MAX } from './limits.ts';

/** Upper bounds of a command's cost. */
export interface CommandCost {
  /** Milliseconds of the vault's time, on a slow machine. */
  readonly workMs: number;
  readonly replyBytes: number;
  /** How many commands of one caller may wait; further ones are rejected. */
  readonly waitingMax: number;
}

const SMALL_BYTES = 2_048;
const ANNOUNCEMENT_BYTES = 131_072;
const OWN: number = Number.POSITIVE_INFINITY;

/**
 * The bound of all acts but one: a number change that voids the tokens of thousands of subjects
 * takes half a second. With that as its weight, each act would wait for a round of its own.
 */
const OF_AN_ACT: CommandCost = { workMs: 3, replyBytes: SMALL_BYTES, waitingMax: 256 };
const OF_ACTS = Object.fromEntries(
  [...SUBJECT_ACTS, ...ACTIVATION_COMMANDS].map((kind) => [kind, OF_AN_ACT]),
) as Record<SubjectActCommand['kind'] | ActivationAct['kind'], CommandCost>;

/** Costs of commands without codes. Commands with codes are weighed by their number of codes. */
export const COST_OF: Readonly<Record<Exclude<Command['kind'], CodeCommand>, CommandCost>> = {
  enrol: { workMs: 2, replyBytes: SMALL_BYTES, waitingMax: 512 },
  ...OF_ACTS,
  file: { workMs: 1, replyBytes: SMALL_BYTES, waitingMax: 256 },
  'token-state': { workMs: 1, replyBytes: SMALL_BYTES, waitingMax: 256 },
  'activation-key': { workMs: 1, replyBytes: SMALL_BYTES, waitingMax: 256 },
  'end-replay': { workMs: 3, replyBytes: SMALL_BYTES, waitingMax: 8 },
  'replay-entries': { workMs: 40, replyBytes: SMALL_BYTES, waitingMax: 8 },
  act: { workMs: 10, replyBytes: ANNOUNCEMENT_BYTES, waitingMax: 32 },
  announce: { workMs: 2, replyBytes: ANNOUNCEMENT_BYTES, waitingMax: 32 },
  minutes: { workMs: 10, replyBytes: 524_288, waitingMax: 8 },
  keys: { workMs: 1, replyBytes: 65_536, waitingMax: 8 },
  'self-test': { workMs: 30, replyBytes: SMALL_BYTES, waitingMax: 4 },
  checkpoint: { workMs: 3, replyBytes: 524_288, waitingMax: 8 },
  entries: { workMs: 10, replyBytes: PAGE_BYTES_MAX, waitingMax: 8 },
  events: { workMs: 5, replyBytes: 65_536, waitingMax: 64 },
  proof: { workMs: 1, replyBytes: SMALL_BYTES, waitingMax: 64 },
  // The front sends these itself, and few: monitoring must see an overload, and the log a refusal.
  status: { workMs: 0, replyBytes: SMALL_BYTES, waitingMax: 64 },
  'note-refusal': { workMs: 0, replyBytes: 0, waitingMax: OWN },
};

const CODE_COMMANDS = ['verify', 'verify-signature', 'resynchronise'] as const;
export type CodeCommand = (typeof CODE_COMMANDS)[number];

export function bringsCodes(kind: Command['kind']): kind is CodeCommand {
  return CODE_COMMANDS.some((one) => one === kind);
}

/** Returns undefined for a command with codes. */
export function costOf(kind: Command['kind']): CommandCost | undefined {
  return bringsCodes(kind) ? undefined : COST_OF[kind];
}
