import { requestDigestsOf, requestKeysOf, subjectsOf } from '../crypto/keyed-digests.ts';
import type { Tries, Try } from './decide-tries.ts';
import type { OpenKeys } from './open-keys.ts';

/** A try before it has names. */
export interface AskedTry extends Pick<Try, 'purpose' | 'token_serial' | 'codes'> {
  /** Whose name its request id is. */
  readonly group: string;
  readonly subject_name: string;
  readonly request_id: string;
  /** All that a repetition of the request must have in common with it besides. */
  readonly asked: string;
}

/** What a command asks that was read. */
export interface Asked extends Omit<Tries, 'tries'> {
  readonly asked: readonly AskedTry[];
}

/** The tries of many commands, each with what names it and what it asks: made together, in less time than one by one. */
export function nameAll(all: readonly Asked[], { keyring }: OpenKeys): Tries[] {
  const key = keyring.card_index;
  const asked = all.flatMap((command) => command.asked);
  const subjects = subjectsOf(key, asked);
  const request_keys = requestKeysOf(key, asked);
  const request_digests = requestDigestsOf(
    key,
    asked.map((one, i) => [subjects[i] as string, one.purpose, one.token_serial, one.asked]),
  );
  let next = 0;
  const named = ({ purpose, token_serial, codes }: AskedTry): Try => {
    const i = next++;
    const subject = subjects[i] as string;
    const [request_key, request_digest] = [request_keys[i] as string, request_digests[i] as string];
    return { subject, purpose, token_serial, codes, request_key, request_digest };
  };
  // Without what was asked: a card's number is not kept longer than it is needed.
  return all.map(({ asked: of_command, ...command }) => ({ ...command, tries: of_command.map(named) }));
}
