import { requestDigestsOf, requestKeysOf, subjectsOf } from '../crypto/keyed-digests.ts';
import type { Tries, Try } from './decide-tries.ts';
import type { OpenKeys } from './open-keys.ts';

/** A try before it has names. */
export interface AskedTry extends Pick<Try, 'purpose' | 'tokenSerial' | 'codes'> {
  /** Whose name its request id is. */
  readonly group: string;
  readonly subjectName: string;
  readonly requestId: string;
  /** All that a repetition of the request must have in common with it besides. */
  readonly asked: string;
}

/** What a command asks that was read. */
export interface Asked extends Omit<Tries, 'tries'> {
  readonly asked: readonly AskedTry[];
}

/** The tries of many commands, each with what names it and what it asks: made together, in less time than one by one. */
export function nameAll(all: readonly Asked[], { keyring }: OpenKeys): Tries[] {
  const key = keyring.cardIndex;
  const asked = all.flatMap((command) => command.asked);
  const subjects = subjectsOf(key, asked);
  const requestKeys = requestKeysOf(key, asked);
  const requestDigests = requestDigestsOf(
    key,
    asked.map((one, i) => [subjects[i] as string, one.purpose, one.tokenSerial, one.asked]),
  );
  let next = 0;
  const named = ({ purpose, tokenSerial, codes }: AskedTry): Try => {
    const i = next++;
    const subject = subjects[i] as string;
    const [requestKey, requestDigest] = [requestKeys[i] as string, requestDigests[i] as string];
    return { subject, purpose, tokenSerial, codes, requestKey, requestDigest };
  };
  // Without what was asked: a card's number is not kept longer than it is needed.
  return all.map(({ asked: ofCommand, ...command }) => ({ ...command, tries: ofCommand.map(named) }));
}
