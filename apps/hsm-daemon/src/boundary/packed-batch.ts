import type { Attempt, AttemptResult, Command, Reply, VerifyCommand } from './commands.ts';
import { ATTEMPTS_IN_BATCH_MAX, ATTEMPTS_MAX, COMMANDS_IN_BATCH_MAX } from './limits.ts';

// Verify commands and verdicts cross the wall by the thousand. They are packed in columns, so that
// field names are written once per batch and not once per code. `unpackBatch` does not trust the
// front: columns that do not fit together become a malformed command.

/** The attempts of a batch's verify commands, one after the other. */
interface AttemptColumns {
  readonly requestId: string[];
  readonly subjectName: string[];
  readonly purpose: Attempt['purpose'][];
  readonly tokenSerial: string[];
  readonly code: string[];
  readonly sealedCode: Attempt['sealedCode'][];
}

const ATTEMPT_COLUMNS = ['requestId', 'subjectName', 'purpose', 'tokenSerial', 'code', 'sealedCode'] as const;

interface VerifyColumns {
  readonly caller: string[];
  readonly group: string[];
  readonly channel: VerifyCommand['channel'][];
  readonly attempts: AttemptColumns;
}

export interface PackedBatch {
  /** In batch order: the command itself, or the number of attempts of a verify command. */
  readonly order: (Command | number)[];
  readonly verify: VerifyColumns;
}

export function packBatch(batch: readonly Command[]): PackedBatch {
  const verify = emptyColumns();
  return { order: batch.map((command) => (command.kind === 'verify' ? packVerify(command, verify) : command)), verify };
}

function emptyColumns(): VerifyColumns {
  const attempts = { requestId: [], subjectName: [], purpose: [], tokenSerial: [], code: [], sealedCode: [] };
  return { caller: [], group: [], channel: [], attempts };
}

function packVerify({ caller, group, channel, attempts }: VerifyCommand, into: VerifyColumns): number {
  into.caller.push(caller);
  into.group.push(group);
  into.channel.push(channel);
  for (const one of attempts) {
    into.attempts.requestId.push(one.requestId);
    into.attempts.subjectName.push(one.subjectName);
    into.attempts.purpose.push(one.purpose);
    into.attempts.tokenSerial.push(one.tokenSerial);
    into.attempts.code.push(one.code);
    into.attempts.sealedCode.push(one.sealedCode);
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
    // Gives out each attempt once: an invalid count gets none, and no two commands share one.
    const isCount = Number.isSafeInteger(one) && one > 0 && one <= ATTEMPTS_MAX && at + one <= ATTEMPTS_IN_BATCH_MAX;
    const count = isCount ? one : 0;
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
      const sealedCode = attempts.sealedCode[first + i];
      return {
        requestId: attempts.requestId[first + i] as string,
        subjectName: attempts.subjectName[first + i] as string,
        purpose: attempts.purpose[first + i] as Attempt['purpose'],
        tokenSerial: attempts.tokenSerial[first + i] as string,
        code,
        ...(sealedCode !== undefined && { sealedCode }),
      };
    }),
  };
}

export interface PackedReplies {
  /** In batch order: the reply itself, or the number of verdicts. */
  readonly order: (Reply | number)[];
  readonly reason: AttemptResult['reason'][];
  readonly logIndex: number[];
  readonly isRepeated: boolean[];
}

export function packReplies(replies: readonly Reply[]): PackedReplies {
  const packed: PackedReplies = { order: [], reason: [], logIndex: [], isRepeated: [] };
  for (const reply of replies) {
    if (reply.kind !== 'verdicts') {
      packed.order.push(reply);
      continue;
    }
    packed.order.push(reply.results.length);
    for (const { reason, logIndex, isRepeated } of reply.results) {
      packed.reason.push(reason);
      packed.logIndex.push(logIndex);
      packed.isRepeated.push(isRepeated);
    }
  }
  return packed;
}

export function unpackReplies({ order, reason, logIndex, isRepeated }: PackedReplies): Reply[] {
  let at = 0;
  return order.map((one) => {
    if (typeof one !== 'number') return one;
    const first = at;
    at += one;
    const results = reason.slice(first, at).map((why, i) => ({
      reason: why,
      logIndex: logIndex[first + i] as number,
      isRepeated: isRepeated[first + i] as boolean,
    }));
    return { kind: 'verdicts', results };
  });
}
