import { STREAM_AWAY_BYTES_MAX, STREAM_AWAY_MAX } from '../../boundary/limits.ts';

/** The answers to messages that came together, in their order: of those before the one that ended the stream, if one did. */
export interface Together {
  readonly answers: readonly unknown[];
  /** Why the stream ends, as it was thrown. */
  readonly failure?: unknown;
}

/** Messages that came together and are under way: how many, and what became of them once that is known. */
export interface MessageGroup {
  readonly size: number;
  readonly bytes: number;
  outcome?: Together;
}

/**
 * What is under way on one stream: answered in order, so many and so many bytes at once and no more, and nothing more is
 * read while the caller does not take the answers. Both ways that a stream can come use it.
 */
export class FlowControl {
  readonly #groups: MessageGroup[] = [];
  /** Read, and not answered yet. */
  #away = 0;
  #awayBytes = 0;
  #isFull = false;

  /** One message was read: it is away until its group is answered. */
  read(bytes: number): void {
    this.#away += 1;
    this.#awayBytes += bytes;
  }

  /** Messages that were read go to be answered together, in their turn. */
  begin(size: number, bytes: number): MessageGroup {
    const group: MessageGroup = { size, bytes };
    this.#groups.push(group);
    return group;
  }

  /** What is answered, in order, up to the first that is not or that ends the stream. Nothing is kept of it. */
  *settled(): Generator<Together> {
    for (let first = this.#groups[0]; first?.outcome !== undefined; first = this.#groups[0]) {
      this.#groups.shift();
      this.#away -= first.size;
      this.#awayBytes -= first.bytes;
      yield first.outcome;
      if ('failure' in first.outcome) return;
    }
  }

  /** The caller does not take what was written. */
  fill(): void {
    this.#isFull = true;
  }

  drain(): void {
    this.#isFull = false;
  }

  /** As much is under way as may be, or as the caller takes. */
  get mustWait(): boolean {
    return this.#isFull || this.#away >= STREAM_AWAY_MAX || this.#awayBytes >= STREAM_AWAY_BYTES_MAX;
  }

  /** Nothing is under way; what was written may still wait to be taken. */
  get isIdle(): boolean {
    return this.#away === 0;
  }

  /** Everything was answered and taken. */
  get isDone(): boolean {
    return this.isIdle && !this.#isFull;
  }
}
