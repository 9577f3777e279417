import { CustodyError, sealEnvelope } from '@ramz/custody';
import { Secret, secretBytes } from '@ramz/otp-core';
import { codesOf, type TypedCodes } from '@ramz/token-client/formats';
import type { CompleteActivationCommand } from '../../../boundary/activation-commands.ts';
import { Fault } from '../batch/fault.ts';
import type { OpenKeys } from '../keys/open-keys.ts';

/** Typed codes with the bytes that they are views of, wiped at the end of a `using` block. */
class OpenedCodes implements TypedCodes {
  readonly codes: Uint8Array;
  readonly publicKey: Uint8Array;
  readonly #bytes: Secret;

  constructor({ codes, publicKey }: TypedCodes, bytes: Secret) {
    this.codes = codes;
    // No secret, and needed after the others are wiped.
    this.publicKey = Uint8Array.from(publicKey);
    this.#bytes = bytes;
  }

  [Symbol.dispose](): void {
    this.#bytes.wipe();
  }
}

/**
 * Opens what an app sealed to the activation key. That the envelope does not open says nothing of a
 * card: it depends on none.
 * @throws Fault `codes-not-sealed`
 */
export async function openCodes(
  { epoch, sealedCodes, subjectName }: CompleteActivationCommand,
  { activations }: OpenKeys,
): Promise<TypedCodes & Disposable> {
  const pair = await activations.pairOf(epoch);
  const notSealed = new Fault('codes-not-sealed', `the codes are not sealed to the activation key of epoch ${epoch}`);
  if (pair === undefined) throw notSealed;
  const bytes = await pair.open('activation', sealedCodes, subjectName).catch((error: unknown) => {
    throw error instanceof CustodyError ? notSealed : error;
  });
  const typed = codesOf(bytes.expose());
  if (typed === undefined) {
    bytes.wipe();
    throw notSealed;
  }
  const opened = new OpenedCodes(typed, bytes);
  await assertKey(opened);
  return opened;
}

/**
 * Tries the app's key, for right codes and wrong ones: an error that only right codes met would
 * confirm them.
 * @throws Fault
 */
async function assertKey(opened: OpenedCodes): Promise<void> {
  using nothing = Secret.own(secretBytes(1));
  try {
    await sealEnvelope('seed', opened.publicKey, nothing, '');
  } catch (error) {
    opened[Symbol.dispose]();
    if (!(error instanceof CustodyError)) throw error;
    throw new Fault('public-key-malformed', 'the key of the app is not an X25519 public key');
  }
}
