import { HmacKey } from '@ramz/otp-core';
import { macEach } from '@ramz/otp-core/messages';
import { minuteOf, type ProofLabel, proofMessage } from '../formats/token-proof.ts';
import type { TokenProofSent } from './ports.ts';
import type { StoredToken } from './stored-token.ts';

const MAC_BYTES = 32;

/**
 * Returns a proof by the first seed of a token: a card number is not enough to make one.
 * @throws Error for a token that waits for its seeds
 */
export function prove(label: ProofLabel, token: StoredToken, nowMs: number): TokenProofSent {
  const [first] = token.purposes;
  if (first === undefined) throw new Error('the token has no seed yet');
  const { enrolmentId, seed } = first;
  const minute = minuteOf(nowMs + token.clockErrorMs);
  const message = proofMessage(label, enrolmentId, minute);
  const mac = new Uint8Array(MAC_BYTES);
  const key = HmacKey.from('sha256', seed);
  const write = (_: number, into: Uint8Array) => {
    into.set(message);
    return message.length;
  };
  macEach(key, 1, write, (_, bytes) => mac.set(bytes));
  key.wipe();
  return { subject: token.subject, enrolmentId, minute, mac };
}
