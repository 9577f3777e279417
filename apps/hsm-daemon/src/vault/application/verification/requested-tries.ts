import { requestDigestsOf, requestKeysOf, subjectsOf } from '../../crypto/keyed-digests.ts';
import type { OpenKeys } from '../keys/open-keys.ts';
import type { Tries, Try } from './tries.ts';

/** A try before it has names. */
export interface RequestedTry extends Pick<Try, 'purpose' | 'tokenSerial' | 'codes'> {
  /** Whose name its request id is. */
  readonly group: string;
  readonly subjectName: string;
  readonly requestId: string;
  /** All that a repetition of the request must have in common with it besides. */
  readonly content: string;
}

/** What a command asks that was read. */
export interface RequestedTries extends Omit<Tries, 'tries'> {
  readonly requested: readonly RequestedTry[];
}

/** The tries of many commands, each with what names it and what it asks: made together, in less time than one by one. */
export function nameAll(all: readonly RequestedTries[], { keyring }: OpenKeys): Tries[] {
  const key = keyring.cardIndex;
  const requested = all.flatMap((command) => command.requested);
  const subjects = subjectsOf(key, requested);
  const requestKeys = requestKeysOf(key, requested);
  const requestDigests = requestDigestsOf(
    key,
    requested.map((one, i) => [subjects[i] as string, one.purpose, one.tokenSerial, one.content]),
  );
  let next = 0;
  const named = ({ purpose, tokenSerial, codes }: RequestedTry): Try => {
    const i = next++;
    const subject = subjects[i] as string;
    const [requestKey, requestDigest] = [requestKeys[i] as string, requestDigests[i] as string];
    return { subject, purpose, tokenSerial, codes, requestKey, requestDigest };
  };
  // Without what was asked: a card's number is not kept longer than it is needed.
  return all.map(({ requested: ofCommand, ...command }) => ({ ...command, tries: ofCommand.map(named) }));
}
