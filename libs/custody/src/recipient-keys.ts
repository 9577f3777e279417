import { Secret } from '@ramz/otp-core';
import { envelopeInfo, envelopeSuite, exactBuffer, textBuffer, withWipedCopy } from './envelope-suite.ts';
import { type EnvelopeUse, PUBLIC_KEY_BYTES, TAG_BYTES } from './envelope-use.ts';
import { CustodyError } from './errors.ts';

/** A key pair that envelopes are sealed to. The private half stays in the runtime's key object. */
export class RecipientKeys {
  readonly public_key: Uint8Array;
  readonly #private_key: CryptoKey;

  private constructor(public_key: Uint8Array, private_key: CryptoKey) {
    this.public_key = public_key;
    this.#private_key = private_key;
  }

  static async make(): Promise<RecipientKeys> {
    const { kem } = envelopeSuite();
    const pair = await kem.generateKeyPair();
    return new RecipientKeys(new Uint8Array(await kem.serializePublicKey(pair.publicKey)), pair.privateKey);
  }

  /** @throws CustodyError `envelope-malformed` */
  static async load(public_key: Uint8Array, private_key: Secret): Promise<RecipientKeys> {
    const { kem } = envelopeSuite();
    try {
      const key = await withWipedCopy(private_key.expose(), (copy) => kem.deserializePrivateKey(copy));
      return new RecipientKeys(public_key, key);
    } catch {
      throw new CustodyError('envelope-malformed', 'these bytes are not an X25519 private key');
    }
  }

  /** The private half as bytes, for its holder's key file. The caller wipes it. */
  async export(): Promise<Secret> {
    return Secret.own(new Uint8Array(await envelopeSuite().kem.serializePrivateKey(this.#private_key)));
  }

  /** @throws CustodyError `envelope-malformed`, `envelope-not-for-this-key` */
  async open(use: EnvelopeUse, envelope: Uint8Array, context: string): Promise<Secret> {
    if (envelope.length < PUBLIC_KEY_BYTES + TAG_BYTES) {
      throw new CustodyError('envelope-malformed', 'these bytes are too few for a sealed envelope');
    }
    const enc = exactBuffer(envelope.subarray(0, PUBLIC_KEY_BYTES));
    const sealed = exactBuffer(envelope.subarray(PUBLIC_KEY_BYTES));
    try {
      const recipient = { recipientKey: this.#private_key, enc, info: envelopeInfo(use) };
      const opener = await envelopeSuite().createRecipientContext(recipient);
      return Secret.own(new Uint8Array(await opener.open(sealed, textBuffer(context))));
    } catch {
      throw new CustodyError(
        'envelope-not-for-this-key',
        'the envelope was sealed for another key, use or context, or was changed',
      );
    }
  }
}
