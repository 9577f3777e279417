import type { Command } from './commands.ts';
import { PAGE_BYTES_MAX } from './limits.ts';

/** What a command costs at most. */
export interface CommandCost {
  /** Of the vault's time, on a slow machine. */
  readonly work_ms: number;
  readonly reply_bytes: number;
  /** So many of one caller wait for the vault at once; those beyond are refused. */
  readonly waiting_max: number;
}

const SMALL_BYTES = 2_048;
const ANNOUNCEMENT_BYTES = 131_072;
const OWN: number = Number.POSITIVE_INFINITY;

/** Commands that bring no code. Those that do are weighed by their codes. */
export const COST_OF: Readonly<Record<Exclude<Command['kind'], CodeCommand>, CommandCost>> = {
  enrol: { work_ms: 2, reply_bytes: SMALL_BYTES, waiting_max: 512 },
  act: { work_ms: 10, reply_bytes: ANNOUNCEMENT_BYTES, waiting_max: 32 },
  announce: { work_ms: 2, reply_bytes: ANNOUNCEMENT_BYTES, waiting_max: 32 },
  minutes: { work_ms: 10, reply_bytes: 524_288, waiting_max: 8 },
  keys: { work_ms: 1, reply_bytes: 65_536, waiting_max: 8 },
  'self-test': { work_ms: 30, reply_bytes: SMALL_BYTES, waiting_max: 4 },
  checkpoint: { work_ms: 3, reply_bytes: 524_288, waiting_max: 8 },
  entries: { work_ms: 10, reply_bytes: PAGE_BYTES_MAX, waiting_max: 8 },
  events: { work_ms: 5, reply_bytes: 65_536, waiting_max: 64 },
  proof: { work_ms: 1, reply_bytes: SMALL_BYTES, waiting_max: 64 },
  // The front's own, and few: monitoring must hear of an overload, and the log of a refusal.
  status: { work_ms: 0, reply_bytes: SMALL_BYTES, waiting_max: 64 },
  'note-refusal': { work_ms: 0, reply_bytes: 0, waiting_max: OWN },
};

const CODE_COMMANDS = ['verify', 'verify-signature', 'resynchronise'] as const;
export type CodeCommand = (typeof CODE_COMMANDS)[number];

export function bringsCodes(kind: Command['kind']): kind is CodeCommand {
  return CODE_COMMANDS.some((one) => one === kind);
}

/** Undefined for a command that brings codes. */
export function costOf(kind: Command['kind']): CommandCost | undefined {
  return bringsCodes(kind) ? undefined : COST_OF[kind];
}
