import { STREAM_AWAY_BYTES_MAX, STREAM_AWAY_MAX } from '../../boundary/limits.ts';

/**
 * The answers to messages that arrived together, in order. If one message ended the stream, only
 * the answers before it.
 */
export interface Together {
  readonly answers: readonly unknown[];
  /** The thrown error that ends the stream. */
  readonly failure?: unknown;
}

/**
 * Messages that arrived together and are in flight: their number, and their outcome once it is
 * known.
 */
export interface MessageGroup {
  readonly size: number;
  readonly bytes: number;
  outcome?: Together;
}

/**
 * Flow control of one stream. Messages are answered in order, the number and bytes in flight are
 * bounded, and reading stops while the caller does not read the answers. Streams of the fast path
 * and of NestJS both use it.
 */
export class FlowControl {
  readonly #groups: MessageGroup[] = [];
  /** Messages that were read and are not answered yet. */
  #away = 0;
  #awayBytes = 0;
  #isFull = false;

  /** Counts a message as in flight until its group is answered. */
  read(bytes: number): void {
    this.#away += 1;
    this.#awayBytes += bytes;
  }

  /** Begins a group of messages that are answered together, in their turn. */
  begin(size: number, bytes: number): MessageGroup {
    const group: MessageGroup = { size, bytes };
    this.#groups.push(group);
    return group;
  }

  /** Removes and yields known outcomes in order, up to one that ends the stream. */
  *settled(): Generator<Together> {
    for (let first = this.#groups[0]; first?.outcome !== undefined; first = this.#groups[0]) {
      this.#groups.shift();
      this.#away -= first.size;
      this.#awayBytes -= first.bytes;
      yield first.outcome;
      if ('failure' in first.outcome) return;
    }
  }

  /** Records that the caller does not read what was written. */
  fill(): void {
    this.#isFull = true;
  }

  drain(): void {
    this.#isFull = false;
  }

  /** True when no more may be in flight, or the caller does not read. */
  get mustWait(): boolean {
    return this.#isFull || this.#away >= STREAM_AWAY_MAX || this.#awayBytes >= STREAM_AWAY_BYTES_MAX;
  }

  /** True when nothing is in flight. Written answers may still wait to be read. */
  get isIdle(): boolean {
    return this.#away === 0;
  }

  /** True when everything was answered and read. */
  get isDone(): boolean {
    return this.isIdle && !this.#isFull;
  }
}
