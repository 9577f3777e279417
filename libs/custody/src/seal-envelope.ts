import type { Secret } from '@ramz/otp-core';
import { envelopeInfo, envelopeSuite, exactBuffer, textBuffer, withWipedCopy } from './envelope-suite.ts';
import { type EnvelopeUse, PUBLIC_KEY_BYTES } from './envelope-use.ts';
import { CustodyError } from './errors.ts';

/**
 * Seals contents as `encapsulated key (32) | ciphertext | tag (16)`; only the private key opens
 * them.
 * @param context the owner of the contents (a ceremony, an enrolment): authenticated, not secret
 * @throws CustodyError `envelope-malformed` for an invalid public key
 */
export async function sealEnvelope(
  use: EnvelopeUse,
  recipient: Uint8Array,
  contents: Secret,
  context: string,
): Promise<Uint8Array> {
  const sender = await senderTo(use, recipient);
  const sealed = await withWipedCopy(contents.expose(), (copy) => sender.seal(copy, textBuffer(context)));
  const envelope = new Uint8Array(PUBLIC_KEY_BYTES + sealed.byteLength);
  envelope.set(new Uint8Array(sender.enc));
  envelope.set(new Uint8Array(sealed), PUBLIC_KEY_BYTES);
  return envelope;
}

async function senderTo(use: EnvelopeUse, recipient: Uint8Array) {
  const suite = envelopeSuite();
  try {
    const recipientPublicKey = await suite.kem.deserializePublicKey(exactBuffer(recipient));
    return await suite.createSenderContext({ recipientPublicKey, info: envelopeInfo(use) });
  } catch {
    throw new CustodyError('envelope-malformed', 'the recipient is not an X25519 public key');
  }
}
