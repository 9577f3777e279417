import type { Attempt, AttemptResult, Command, Reply, VerifyCommand } from './commands.ts';
import { ATTEMPTS_IN_BATCH_MAX, ATTEMPTS_MAX, COMMANDS_IN_BATCH_MAX } from './limits.ts';

// What crosses the wall by the thousand crosses it in columns: the names of fields are written once a batch, and not
// once a code. Neither side believes what the other wrote: what does not fit together becomes a malformed command.

/** Of a batch's verify commands, their attempts one after the other. */
interface AttemptColumns {
  readonly request_id: string[];
  readonly subject_name: string[];
  readonly purpose: Attempt['purpose'][];
  readonly token_serial: string[];
  readonly code: string[];
  readonly sealed_code: Attempt['sealed_code'][];
}

const ATTEMPT_COLUMNS = ['request_id', 'subject_name', 'purpose', 'token_serial', 'code', 'sealed_code'] as const;

interface VerifyColumns {
  readonly caller: string[];
  readonly group: string[];
  readonly channel: VerifyCommand['channel'][];
  readonly attempts: AttemptColumns;
}

export interface PackedBatch {
  /** In their order: a command as it is, or for a verify command how many attempts it has. */
  readonly order: (Command | number)[];
  readonly verify: VerifyColumns;
}

export function packBatch(batch: readonly Command[]): PackedBatch {
  const verify = emptyColumns();
  return { order: batch.map((command) => (command.kind === 'verify' ? packVerify(command, verify) : command)), verify };
}

function emptyColumns(): VerifyColumns {
  const attempts = { request_id: [], subject_name: [], purpose: [], token_serial: [], code: [], sealed_code: [] };
  return { caller: [], group: [], channel: [], attempts };
}

function packVerify({ caller, group, channel, attempts }: VerifyCommand, into: VerifyColumns): number {
  into.caller.push(caller);
  into.group.push(group);
  into.channel.push(channel);
  for (const one of attempts) {
    into.attempts.request_id.push(one.request_id);
    into.attempts.subject_name.push(one.subject_name);
    into.attempts.purpose.push(one.purpose);
    into.attempts.token_serial.push(one.token_serial);
    into.attempts.code.push(one.code);
    into.attempts.sealed_code.push(one.sealed_code);
  }
  return attempts.length;
}

export function unpackBatch(packed: PackedBatch): Command[] {
  const order = Array.isArray(packed?.order) ? packed.order.slice(0, COMMANDS_IN_BATCH_MAX) : [];
  const verify = areColumns(packed?.verify) ? packed.verify : emptyColumns();
  let at = 0;
  let command = 0;
  return order.map((one) => {
    if (typeof one !== 'number') return one;
    const first = at;
    // Each attempt is given out once: an invalid count gets no attempts, and no two commands share one.
    const is_count = Number.isSafeInteger(one) && one > 0 && one <= ATTEMPTS_MAX && at + one <= ATTEMPTS_IN_BATCH_MAX;
    const count = is_count ? one : 0;
    at += count;
    return unpackVerify(verify, command++, first, count);
  });
}

function areColumns(verify: unknown): verify is VerifyColumns {
  const { caller, group, channel, attempts } = (verify ?? {}) as Partial<VerifyColumns>;
  const columns = [caller, group, channel, ...ATTEMPT_COLUMNS.map((name) => attempts?.[name])];
  return columns.every((column) => Array.isArray(column));
}

function unpackVerify(
  { caller, group, channel, attempts }: VerifyColumns,
  at: number,
  first: number,
  count: number,
): Command {
  return {
    kind: 'verify',
    caller: caller[at] as string,
    group: group[at] as string,
    channel: channel[at] as VerifyCommand['channel'],
    attempts: attempts.code.slice(first, first + count).map((code, i) => {
      const sealed_code = attempts.sealed_code[first + i];
      return {
        request_id: attempts.request_id[first + i] as string,
        subject_name: attempts.subject_name[first + i] as string,
        purpose: attempts.purpose[first + i] as Attempt['purpose'],
        token_serial: attempts.token_serial[first + i] as string,
        code,
        ...(sealed_code !== undefined && { sealed_code }),
      };
    }),
  };
}

export interface PackedReplies {
  /** In their order: a reply as it is, or for verdicts how many. */
  readonly order: (Reply | number)[];
  readonly reason: AttemptResult['reason'][];
  readonly log_index: number[];
  readonly is_repeated: boolean[];
}

export function packReplies(replies: readonly Reply[]): PackedReplies {
  const packed: PackedReplies = { order: [], reason: [], log_index: [], is_repeated: [] };
  for (const reply of replies) {
    if (reply.kind !== 'verdicts') {
      packed.order.push(reply);
      continue;
    }
    packed.order.push(reply.results.length);
    for (const { reason, log_index, is_repeated } of reply.results) {
      packed.reason.push(reason);
      packed.log_index.push(log_index);
      packed.is_repeated.push(is_repeated);
    }
  }
  return packed;
}

export function unpackReplies({ order, reason, log_index, is_repeated }: PackedReplies): Reply[] {
  let at = 0;
  return order.map((one) => {
    if (typeof one !== 'number') return one;
    const first = at;
    at += one;
    const results = reason.slice(first, at).map((why, i) => ({
      reason: why,
      log_index: log_index[first + i] as number,
      is_repeated: is_repeated[first + i] as boolean,
    }));
    return { kind: 'verdicts', results };
  });
}
