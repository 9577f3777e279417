// A key that no one chose: HMAC-SHA-256, keyed with the system's own 32 bytes, over each
// custodian's contribution. An attacker that lacks even one of these inputs knows nothing about
// the key.
import { ENTROPY_BYTES, type RandomBytes } from '@ramz/custody';
import { HmacKey, Secret, secretBytes } from '@ramz/otp-core';

const NAME_BYTES_MAX = 64;

/** One custodian's contribution. */
export interface Contribution {
  readonly by: string;
  readonly entropy: Secret;
}

/** Returns 32 bytes for `purpose`. The caller still owns the contributions and wipes them. */
export function mixEntropy(
  purpose: string,
  ceremony: string,
  contributions: readonly Contribution[],
  random: RandomBytes,
): Secret {
  using system = Secret.own(random(ENTROPY_BYTES));
  using key = HmacKey.from('sha256', system);
  const head = new TextEncoder().encode(`ramz/entropy-mix/v1\0${purpose}\0${ceremony}\0`);
  const message = secretBytes(head.length + contributions.length * (1 + NAME_BYTES_MAX + ENTROPY_BYTES));
  message.set(head);
  let at = head.length;
  for (const { by, entropy } of contributions.toSorted((a, b) => (a.by < b.by ? -1 : 1))) {
    const name = new TextEncoder().encode(by);
    message[at] = name.length;
    message.set(name, at + 1);
    message.set(entropy.expose(), at + 1 + name.length);
    at += 1 + name.length + ENTROPY_BYTES;
  }
  const mixed = Secret.copy(key.mac(message.subarray(0, at)));
  message.fill(0);
  key.forget();
  return mixed;
}
