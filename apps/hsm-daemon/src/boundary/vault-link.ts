import { bringsCodes, costOf } from './command-cost.ts';
import type { Command, FaultReply, Reply, ReplyOf } from './commands.ts';
import { FairQueue, type Queued } from './fair-queue.ts';
import {
  ATTEMPTS_IN_BATCH_MAX,
  ATTEMPTS_WAITING_MAX,
  CODES_IN_TURN,
  CODES_TO_OTHERS,
  OTHER_WORK_ALONE_MS,
  OTHER_WORK_BESIDE_CODES_MS,
  OTHERS_WAITING_MAX,
  REPLY_BYTES_IN_BATCH_MAX,
} from './limits.ts';
import { QueueLimit } from './queue-limit.ts';

/**
 * Reports that the vault has ended, the caller has gone, or too many calls wait. The call was not
 * decided, with one exception: it may have been decided if it was in flight when the vault ended.
 */
export class VaultUnavailable extends Error {
  readonly reason: 'vault-gone' | 'queue-full' | 'too-many-calls' | 'caller-gone';

  constructor(reason: VaultUnavailable['reason']) {
    super(WHY[reason]);
    this.name = 'VaultUnavailable';
    this.reason = reason;
  }
}

const WHY: Readonly<Record<VaultUnavailable['reason'], string>> = {
  'vault-gone': 'the vault process is gone',
  'queue-full': 'too many calls are waiting for the vault',
  'too-many-calls': 'too many calls of this kind are waiting for this caller: wait for their answers',
  'caller-gone': 'the caller has gone',
};

/** The caller that a command is sent for. */
export interface Asker {
  /** The name in the caller's certificate; empty for the front itself. */
  readonly name: string;
  /** True once the caller has ended the call. */
  readonly hasGone: () => boolean;
}

export const THE_FRONT: Asker = { name: '', hasGone: () => false };

/** Commands that were sent together and are answered together. */
interface PendingCommand extends Queued {
  readonly commands: readonly Command[];
  readonly resolve: (replies: readonly Reply[]) => void;
  readonly reject: (error: VaultUnavailable) => void;
  readonly sentAtMs: number;
  readonly onSettled: (() => void) | undefined;
}

/**
 * The front's end of the wall. One batch is in flight at a time; commands that arrive meanwhile go
 * into the next batch. There is no timer. If the vault is idle, a batch contains the commands that
 * one turn of the event loop read from all connections. If the vault is busy, many commands gather.
 *
 * Commands with codes go first, in turn over the callers. The work of all other commands in a batch
 * is limited, and so is their number waiting per caller. Commands whose caller has gone are dropped
 * (docs/decisions/0027-shares-of-the-vault.md).
 */
export class VaultLink {
  readonly #post: (batch: readonly Command[]) => void;
  readonly #atEndOfTurn: (work: () => void) => void;
  /**
   * For tracing: called with each command, or with the first of several that are sent together.
   * Returns a function that is called at the reply.
   */
  onSend: (command: Command['kind']) => (() => void) | undefined = () => undefined;
  /** For metrics: called at each reply, with the time since the command was sent. */
  onAnswered: (command: Command['kind'], seconds: number) => void = () => {};
  readonly #codes = new FairQueue<PendingCommand>(CODES_IN_TURN);
  /** Commands without codes, weighed by their work. A share of 1 takes one per caller in turn. */
  readonly #others = new FairQueue<PendingCommand>(1);
  /** How many of `#others` wait, by caller and kind of command. */
  readonly #othersWaiting = new Map<string, number>();
  #away: readonly PendingCommand[] = [];
  #gone = false;
  readonly #limit = new QueueLimit();
  #postedAtMs = 0;
  #codesFirstUntilMs = 0;
  #isDue = false;

  constructor(post: (batch: readonly Command[]) => void, atEndOfTurn: (work: () => void) => void) {
    this.#post = post;
    this.#atEndOfTurn = atEndOfTurn;
  }

  /** Returns whether the next code of a caller would wait too long. */
  isFullFor(caller: string): boolean {
    const { calls, weight } = this.#codes.waitingOf(caller);
    const callers = this.#codes.callers + (this.#codes.has(caller) ? 0 : 1);
    const all = { calls: this.#codes.calls, codes: this.#codes.weight };
    return this.#limit.isReached(all, { calls, codes: weight }, callers, ATTEMPTS_WAITING_MAX);
  }

  /** @throws VaultUnavailable */
  send<C extends Command>(command: C, asker: Asker = askerOf(command)): Promise<ReplyOf[C['kind']] | FaultReply> {
    return new Promise((resolve, reject) => {
      this.#take([command], asker, ([reply]) => resolve(reply as ReplyOf[C['kind']] | FaultReply), reject);
    });
  }

  /**
   * Sends commands together. Returns one reply for each, all at the same time.
   * @throws VaultUnavailable
   */
  sendEach<C extends Command>(
    commands: readonly C[],
    asker: Asker = askerOf(commands[0]),
  ): Promise<readonly (ReplyOf[C['kind']] | FaultReply)[]> {
    return new Promise((resolve, reject) => {
      const all = (replies: readonly Reply[]) => resolve(replies as readonly (ReplyOf[C['kind']] | FaultReply)[]);
      this.#take(commands, asker, all, reject);
    });
  }

  #take(
    commands: readonly Command[],
    asker: Asker,
    resolve: PendingCommand['resolve'],
    reject: PendingCommand['reject'],
  ): void {
    const [first] = commands;
    if (first === undefined) return resolve([]);
    const refused = this.#whyRefused(first.kind, asker.name);
    if (refused !== undefined) return reject(new VaultUnavailable(refused));
    const waiting: PendingCommand = {
      commands,
      caller: asker.name,
      calls: commands.length,
      weight: commands.reduce((sum, command) => sum + weightOf(command), 0),
      hasGone: asker.hasGone,
      resolve,
      reject,
      sentAtMs: performance.now(),
      onSettled: this.onSend(first.kind),
      onGone: () => this.#leftOut(waiting),
    };
    if (bringsCodes(first.kind)) this.#codes.push(waiting);
    else {
      this.#others.push(waiting);
      this.#countWaiting(waiting, 1);
    }
    this.#sendSoon();
  }

  #whyRefused(kind: Command['kind'], caller: string): VaultUnavailable['reason'] | undefined {
    if (this.#gone) return 'vault-gone';
    const cost = costOf(kind);
    if (cost === undefined) return this.isFullFor(caller) ? 'queue-full' : undefined;
    // The front's own commands are few, and the daemon's status depends on them: never refused.
    if (caller === THE_FRONT.name) return undefined;
    if ((this.#othersWaiting.get(`${caller} ${kind}`) ?? 0) >= cost.waitingMax) return 'too-many-calls';
    return this.#others.length >= OTHERS_WAITING_MAX ? 'queue-full' : undefined;
  }

  #countWaiting({ caller, commands }: PendingCommand, more: number): void {
    const key = `${caller} ${commands[0]?.kind ?? ''}`;
    const count = (this.#othersWaiting.get(key) ?? 0) + more;
    if (count > 0) this.#othersWaiting.set(key, count);
    else this.#othersWaiting.delete(key);
  }

  #leftOut(waiting: PendingCommand): void {
    if (!bringsCodes(waiting.commands[0]?.kind ?? 'status')) this.#countWaiting(waiting, -1);
    waiting.onSettled?.();
    waiting.reject(new VaultUnavailable('caller-gone'));
  }

  takeReplies(replies: readonly Reply[]): void {
    const answered = this.#away;
    // If the numbers differ, replies can no longer be matched to their commands.
    if (replies.length !== commandsOf(answered)) throw new Error('the vault answered another number of commands');
    this.#away = [];
    const nowMs = performance.now();
    this.#limit.learn(sizeOf(answered), nowMs - this.#postedAtMs);
    let first = 0;
    for (const { commands, resolve, sentAtMs, onSettled } of answered) {
      const seconds = (nowMs - sentAtMs) / 1_000;
      for (const { kind } of commands) this.onAnswered(kind, seconds);
      onSettled?.();
      resolve(replies.slice(first, first + commands.length));
      first += commands.length;
    }
    this.#sendSoon();
  }

  /**
   * Rejects every call that waits or is in flight. A retry with the same request id shows whether
   * the call was decided.
   */
  vaultIsGone(): void {
    this.#gone = true;
    for (const lost of [...this.#away, ...this.#codes.takeAll(), ...this.#others.takeAll()]) {
      lost.onSettled?.();
      lost.reject(new VaultUnavailable('vault-gone'));
    }
    this.#away = [];
    this.#othersWaiting.clear();
  }

  #sendSoon(): void {
    if (this.#isDue || this.#away.length > 0) return;
    this.#isDue = true;
    this.#atEndOfTurn(() => {
      this.#isDue = false;
      this.#sendNext();
    });
  }

  #sendNext(): void {
    if (this.#away.length > 0) return;
    const codes = this.#codes.length > 0 ? this.#codes.take(ATTEMPTS_IN_BATCH_MAX) : [];
    this.#away = [...codes, ...this.#takeOthers(codes.length > 0)];
    if (this.#away.length === 0) return;
    this.#postedAtMs = performance.now();
    this.#post(this.#away.flatMap(({ commands }) => commands));
  }

  /** Takes commands without codes, as long as they do not delay codes or fill the memory. */
  #takeOthers(besideCodes: boolean): PendingCommand[] {
    const nowMs = performance.now();
    if (this.#others.length === 0) return [];
    const waits = besideCodes && nowMs < this.#codesFirstUntilMs;
    const taken: PendingCommand[] = [];
    let workMs = waits ? 0 : besideCodes ? OTHER_WORK_BESIDE_CODES_MS : OTHER_WORK_ALONE_MS;
    let replyBytes = REPLY_BYTES_IN_BATCH_MAX;
    while (this.#others.length > 0 && workMs > 0 && replyBytes > 0) {
      for (const one of this.#others.take(1)) {
        this.#countWaiting(one, -1);
        taken.push(one);
        workMs -= one.weight;
        replyBytes -= replyBytesOf(one);
      }
    }
    const workedMs = taken.reduce((sum, { weight }) => sum + weight, 0);
    this.#codesFirstUntilMs = Math.max(this.#codesFirstUntilMs, nowMs + workedMs * CODES_TO_OTHERS);
    return taken;
  }
}

/** Returns the caller that a command names, or the front if it names no caller. */
function askerOf(command: Command | undefined): Asker {
  if (command === undefined || !('caller' in command) || command.kind === 'note-refusal') return THE_FRONT;
  return { ...THE_FRONT, name: command.caller };
}

/** Returns the number of codes. A command without codes counts as one. */
function sizeOf(waiting: readonly PendingCommand[]): number {
  const isOfCodes = ({ commands }: PendingCommand) => bringsCodes(commands[0]?.kind ?? 'status');
  return waiting.reduce((sum, one) => sum + (isOfCodes(one) ? one.weight : one.calls), 0);
}

function commandsOf(waiting: readonly PendingCommand[]): number {
  return waiting.reduce((sum, { commands }) => sum + commands.length, 0);
}

function replyBytesOf({ commands }: PendingCommand): number {
  return commands.reduce((sum, { kind }) => sum + (costOf(kind)?.replyBytes ?? 0), 0);
}

/** Returns the number of codes, or the work in milliseconds of a command without codes. */
function weightOf(command: Command): number {
  if (command.kind === 'verify') return command.attempts.length;
  return costOf(command.kind)?.workMs ?? 1;
}
