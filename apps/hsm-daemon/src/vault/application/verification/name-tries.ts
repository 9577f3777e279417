import type { Command } from '../../../boundary/commands.ts';
import { requestDigestsOf, subjectsOf } from '../../crypto/keyed-digests.ts';
import { NO_REQUESTS, RequestNames } from '../../store/request-names.ts';
import type { Batch } from '../batch/batch.ts';
import { Fault } from '../batch/fault.ts';
import type { OpenKeys } from '../keys/open-keys.ts';
import type { Call, RequestedTry, Try } from './call.ts';
import type { ReadCommand } from './read-commands.ts';

/**
 * The names of a batch's tries, numbered in the order of the calls and of the tries in each call.
 */
export interface TryNames {
  /**
   * Keyed hashes of card and customer numbers. The numbers themselves are not needed after this.
   */
  readonly subjects: readonly string[];
  readonly requests: RequestNames;
}

const NOTHING_NAMED: TryNames = { subjects: [], requests: NO_REQUESTS };

/** Names all tries together, which takes less time than one by one. */
export function nameTries(commands: readonly (ReadCommand | Fault)[], keys: OpenKeys | undefined): TryNames {
  const tries = commands.flatMap((one) => ('asked' in one ? (one.asked?.tries ?? []) : []));
  if (keys === undefined || tries.length === 0) return NOTHING_NAMED;
  const key = keys.keyring.cardIndex;
  const subjects = subjectsOf(key, tries);
  const requests = tries.map(({ group, requestId, purpose, tokenSerial, content }, i) => ({
    group,
    requestId,
    asked: [subjects[i] as string, purpose, tokenSerial, content],
  }));
  return { subjects, requests: new RequestNames(requestDigestsOf(key, requests)) };
}

/** A command whose tries, if any, have their names and places. */
export interface PlacedCommand {
  readonly command: Command;
  readonly call?: Call | undefined;
}

/** Finds the place of each try. Each standing is looked up once per batch. */
export function placeTries(
  commands: readonly (ReadCommand | Fault)[],
  { subjects }: TryNames,
  batch: Batch,
): (PlacedCommand | Fault)[] {
  let next = 0;
  const placed = ({ purpose, rules, tokenSerial, question }: RequestedTry): Try => {
    const request = next++;
    const place = batch.place(subjects[request] as string, purpose);
    return { purpose, rules, tokenSerial, question, request, place, weighed: undefined };
  };
  return commands.map((one) => {
    if (one instanceof Fault) return one;
    const { command, asked } = one;
    return { command, call: asked && { ...asked, tries: asked.tries.map(placed) } };
  });
}
