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

/** The vault's process is gone, its queue is full, or the caller is: the call was not decided. */
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

/** For whom a command is sent. */
export interface Asker {
  /** As in the certificate; empty for the front itself. */
  readonly name: string;
  /** True once its caller has gone. */
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
 * The front's end of the wall. One batch is away at a time; what arrives meanwhile goes with the next. There is no timer:
 * an idle vault gets what one turn of the event loop read from all connections, a busy one gets many together.
 *
 * Codes go first, each caller's in turn. Of everything else a batch has little, a caller waits with a bounded number, and
 * what no caller waits for is dropped (docs/decisions/0027-shares-of-the-vault.md).
 */
export class VaultLink {
  readonly #post: (batch: readonly Command[]) => void;
  readonly #atEndOfTurn: (work: () => void) => void;
  /** Told of each command, or of the first of those that go together; what it gives back is called at the reply, for whoever traces. */
  onSend: (command: Command['kind']) => (() => void) | undefined = () => undefined;
  /** Told of each reply and how long it took, for whoever measures. */
  onAnswered: (command: Command['kind'], seconds: number) => void = () => {};
  readonly #codes = new FairQueue<PendingCommand>(CODES_IN_TURN);
  /** Weighed by their work. A share of 1: one of each caller in turn. */
  readonly #others = new FairQueue<PendingCommand>(1);
  /** By caller and kind. */
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

  /** Whether a caller who comes now with a code would wait too long. */
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

  /** Each is answered by itself, all at once. @throws VaultUnavailable */
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
    // Of the front's own there are few, and they tell how it is.
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
    // Replies to commands that were never sent mean that the two ends disagree: nothing can be trusted.
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

  /** Every call that is waiting or away fails: whether it was decided, its request id will tell. */
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

  /** As much as does not hold up the codes, nor fill the memory. */
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

/** Whose command it is, where it says so itself. */
function askerOf(command: Command | undefined): Asker {
  if (command === undefined || !('caller' in command) || command.kind === 'note-refusal') return THE_FRONT;
  return { ...THE_FRONT, name: command.caller };
}

/** In codes; a command that brings none is one as well. */
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

/** In codes, or in milliseconds for commands that bring none. */
function weightOf(command: Command): number {
  if (command.kind === 'verify') return command.attempts.length;
  return costOf(command.kind)?.workMs ?? 1;
}
