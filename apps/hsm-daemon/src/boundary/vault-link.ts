import type { Command, FaultReply, Reply, ReplyOf } from './commands.ts';
import { ATTEMPTS_IN_BATCH_MAX, ATTEMPTS_WAITING_MAX } from './limits.ts';
import { QueueLimit } from './queue-limit.ts';

/** The vault's process is gone or its queue is full: the call was not decided. */
export class VaultUnavailable extends Error {
  readonly reason: 'vault-gone' | 'queue-full';

  constructor(reason: 'vault-gone' | 'queue-full') {
    super(reason === 'vault-gone' ? 'the vault process is gone' : 'too many calls are waiting for the vault');
    this.name = 'VaultUnavailable';
    this.reason = reason;
  }
}

const BRINGS_CODES: readonly Command['kind'][] = ['verify', 'verify-signature', 'resynchronise'];

/** Commands that were sent together and are answered together. */
interface Waiting {
  readonly commands: readonly Command[];
  /** Codes that they bring, and one for each that brings none. */
  readonly weight: number;
  readonly resolve: (replies: readonly Reply[]) => void;
  readonly reject: (error: VaultUnavailable) => void;
  readonly sent_at_ms: number;
  readonly onSettled: (() => void) | undefined;
}

/**
 * The front's end of the wall. One batch is away at a time; what arrives meanwhile goes with the next. There is no timer:
 * an idle vault gets what one turn of the event loop read from all connections, a busy one gets many together.
 */
export class VaultLink {
  readonly #post: (batch: readonly Command[]) => void;
  readonly #atEndOfTurn: (work: () => void) => void;
  /** Told of each command, or of the first of those that go together; what it gives back is called at the reply, for whoever traces. */
  onSend: (command: Command['kind']) => (() => void) | undefined = () => undefined;
  /** Told of each reply and how long it took, for whoever measures. */
  onAnswered: (command: Command['kind'], seconds: number) => void = () => {};
  #waiting: Waiting[] = [];
  #away: readonly Waiting[] = [];
  #gone = false;
  #commands_waiting = 0;
  #attempts_waiting = 0;
  readonly #limit = new QueueLimit();
  #posted_at_ms = 0;
  #is_due = false;

  constructor(post: (batch: readonly Command[]) => void, atEndOfTurn: (work: () => void) => void) {
    this.#post = post;
    this.#atEndOfTurn = atEndOfTurn;
  }

  /** Whoever comes now would wait too long. */
  get is_full(): boolean {
    return this.#limit.isReached(this.#commands_waiting, this.#attempts_waiting, ATTEMPTS_WAITING_MAX);
  }

  /** @throws VaultUnavailable */
  send<C extends Command>(command: C): Promise<ReplyOf[C['kind']] | FaultReply> {
    return new Promise((resolve, reject) => {
      this.#take([command], ([reply]) => resolve(reply as ReplyOf[C['kind']] | FaultReply), reject);
    });
  }

  /** Each is answered by itself, all at once. @throws VaultUnavailable */
  sendEach<C extends Command>(commands: readonly C[]): Promise<readonly (ReplyOf[C['kind']] | FaultReply)[]> {
    return new Promise((resolve, reject) => {
      this.#take(commands, (replies) => resolve(replies as readonly (ReplyOf[C['kind']] | FaultReply)[]), reject);
    });
  }

  #take(commands: readonly Command[], resolve: Waiting['resolve'], reject: Waiting['reject']): void {
    const [first] = commands;
    if (first === undefined) return resolve([]);
    if (this.#gone) return reject(new VaultUnavailable('vault-gone'));
    // People, auditors and monitoring come through, whatever the load.
    if (this.is_full && commands.some(({ kind }) => BRINGS_CODES.includes(kind)))
      return reject(new VaultUnavailable('queue-full'));
    const weight = commands.reduce((sum, command) => sum + weightOf(command), 0);
    this.#commands_waiting += commands.length;
    this.#attempts_waiting += weight;
    const onSettled = this.onSend(first.kind);
    this.#waiting.push({ commands, weight, resolve, reject, sent_at_ms: performance.now(), onSettled });
    this.#sendSoon();
  }

  takeReplies(replies: readonly Reply[]): void {
    const answered = this.#away;
    // Replies to commands that were never sent mean that the two ends disagree: nothing can be trusted.
    if (replies.length !== commandsOf(answered)) throw new Error('the vault answered another number of commands');
    this.#away = [];
    const now_ms = performance.now();
    this.#limit.learn(sumOf(answered), now_ms - this.#posted_at_ms);
    let first = 0;
    for (const { commands, resolve, sent_at_ms, onSettled } of answered) {
      const seconds = (now_ms - sent_at_ms) / 1_000;
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
    for (const lost of [...this.#away, ...this.#waiting]) {
      lost.onSettled?.();
      lost.reject(new VaultUnavailable('vault-gone'));
    }
    this.#away = [];
    this.#waiting = [];
  }

  #sendSoon(): void {
    if (this.#is_due || this.#away.length > 0) return;
    this.#is_due = true;
    this.#atEndOfTurn(() => {
      this.#is_due = false;
      this.#sendNext();
    });
  }

  #sendNext(): void {
    if (this.#away.length > 0 || this.#waiting.length === 0) return;
    this.#away = this.#waiting.splice(0, howManyFit(this.#waiting));
    this.#commands_waiting -= commandsOf(this.#away);
    this.#attempts_waiting -= sumOf(this.#away);
    this.#posted_at_ms = performance.now();
    this.#post(this.#away.flatMap(({ commands }) => commands));
  }
}

function howManyFit(waiting: readonly Waiting[]): number {
  let attempts = 0;
  const first_left_behind = waiting.findIndex(({ weight }) => {
    attempts += weight;
    return attempts > ATTEMPTS_IN_BATCH_MAX;
  });
  return first_left_behind < 0 ? waiting.length : Math.max(1, first_left_behind);
}

function sumOf(waiting: readonly Waiting[]): number {
  return waiting.reduce((sum, { weight }) => sum + weight, 0);
}

function commandsOf(waiting: readonly Waiting[]): number {
  return waiting.reduce((sum, { commands }) => sum + commands.length, 0);
}

function weightOf(command: Command): number {
  return command.kind === 'verify' ? command.attempts.length : 1;
}
