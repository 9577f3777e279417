import { requestDigestsOf, requestKeysOf, subjectsOf } from '../crypto/keyed-digests.ts';
import type { Tries, Try } from './decide-tries.ts';
import type { OpenKeys } from './open-keys.ts';

/** A try before it has names. */
export interface AskedTry extends Pick<Try, 'purpose' | 'token_serial' | 'codes'> {
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
  const tries = all.flatMap(({ caller, asked }) => asked.map((one) => ({ caller, ...one })));
  const subjects = subjectsOf(key, tries);
  const request_keys = requestKeysOf(key, tries);
  const request_digests = requestDigestsOf(
    key,
    tries.map(({ purpose, token_serial, asked }, i) => [subjects[i] as string, purpose, token_serial, asked]),
  );
  const named = tries.map(({ purpose, token_serial, codes }, i) => ({
    subject: subjects[i] as string,
    purpose,
    token_serial,
    codes,
    request_key: request_keys[i] as string,
    request_digest: request_digests[i] as string,
  }));
  let first = 0;
  return all.map(({ asked, ...of_command }) => {
    first += asked.length;
    return { ...of_command, tries: named.slice(first - asked.length, first) };
  });
}
