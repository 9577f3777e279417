import type { HmacKey } from '@ramz/otp-core';
import type { Command } from '../../../apps/hsm-daemon/src/boundary/commands.ts';
import { after, type Deed, NEW_CARD, type World } from './model.ts';

export const CARDS = 3;

/** A request, with all answers to it so far. */
export interface Request {
  readonly deed: Deed;
  readonly command: Command;
  readonly answers: string[];
}

/** A request that was sent, perhaps again, and what a daemon answered. */
export interface Sent {
  readonly request: Request;
  readonly answer: string;
  readonly saysRepeated: boolean;
}

/** Cards of one sequence, and every world that explains what was answered so far. */
export class Life {
  readonly #firstCard: number;
  readonly #tokens = new Map<number, { readonly number: number; readonly key: HmacKey }[]>();
  readonly #requests = new Set<Request>();
  #worlds: readonly World[] = [Array.from({ length: CARDS }, () => NEW_CARD)];

  constructor(firstCard: number) {
    this.#firstCard = firstCard;
  }

  nameOf(card: number): string {
    return `card/${this.#firstCard + card}`;
  }

  keep({ card, token }: Extract<Deed, { kind: 'enrol' }>, key: HmacKey): void {
    this.#tokens.set(card, [...(this.#tokens.get(card) ?? []), { number: token, key }]);
  }

  keyOf({ card, token }: Extract<Deed, { kind: 'verify' }>): HmacKey | undefined {
    return this.#tokens.get(card)?.find(({ number }) => number === token)?.key;
  }

  tokenBack(card: number, back: number): number {
    return this.#tokens.get(card)?.at(-1 - back)?.number ?? 0;
  }

  /** Enrolments have no request id. */
  requestBack(back: number): Request | undefined {
    return [...this.#requests].filter(({ deed }) => deed.kind !== 'enrol').at(-1 - back);
  }

  /**
   * Takes one turn. Returns why no order of its deeds explains the answers.
   * @param isInOrder whether the first was committed before the other
   */
  take(sent: readonly Sent[], isInOrder: boolean): string | undefined {
    const orders = ordersOf(sent, isInOrder);
    const worlds = this.#worlds.flatMap((world) => orders.flatMap((order) => worldsAfter(world, order)));
    const said = sent.map(({ request, ...rest }) => ({ ...request.deed, before: request.answers, ...rest }));
    if (worlds.length === 0)
      return `no order explains ${JSON.stringify(said)} in any of ${JSON.stringify(this.#worlds)}`;
    this.#worlds = [...new Map(worlds.map((world) => [JSON.stringify(world), world])).values()];
    for (const { request, answer } of sent) {
      this.#requests.add(request);
      request.answers.push(answer);
    }
    return undefined;
  }

  /** @param statuses how the cards stand in the daemon */
  compare(statuses: readonly string[]): string | undefined {
    const isKnown = this.#worlds.some((world) => world.every(({ status }, card) => status === statuses[card]));
    return isKnown ? undefined : `the cards are ${statuses.join(', ')}, not ${JSON.stringify(this.#worlds)}`;
  }
}

/**
 * What was refused may have been decided long before its commit. What was done counts from its
 * commit on: a token that was issued under a number before the commit of a change of it is void.
 */
function ordersOf(sent: readonly Sent[], isInOrder: boolean): (readonly Sent[])[] {
  const [one, other] = sent;
  if (one === undefined || other === undefined) return [sent];
  const areDone = sent.every(({ answer, saysRepeated }) => !saysRepeated && ['done', 'enrolled'].includes(answer));
  if (!areDone) return [sent, [other, one]];
  return isInOrder ? [sent] : [[other, one]];
}

/** Returns the world after these answers, or none when they cannot come in this order. */
function worldsAfter(world: World, sent: readonly Sent[]): World[] {
  let now = world;
  const given = new Map<Request, readonly string[]>();
  for (const { request, answer, saysRepeated } of sent) {
    const { deed, answers } = request;
    const before = given.get(request) ?? answers;
    given.set(request, [...before, answer]);
    if (saysRepeated) {
      if (!before.includes(answer)) return [];
      continue;
    }
    if (before.some((one) => isRemembered(deed, one))) return [];
    const next = after(now, deed);
    if (next.answer !== answer) return [];
    now = next.world;
  }
  return [now];
}

/** A refused act may be decided again: nothing was done. */
function isRemembered({ kind }: Deed, answer: string): boolean {
  return kind === 'verify' || answer === 'done';
}
