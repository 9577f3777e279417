import { Secret } from '@ramz/otp-core';
import { envelopeInfo, envelopeSuite, exactBuffer, textBuffer, withWipedCopy } from './envelope-suite.ts';
import { type EnvelopeUse, PUBLIC_KEY_BYTES, TAG_BYTES } from './envelope-use.ts';
import { CustodyError } from './errors.ts';

/** A key pair that envelopes are sealed to. The private key stays in the runtime's key object. */
export class RecipientKeys {
  readonly publicKey: Uint8Array;
  readonly #privateKey: CryptoKey;

  private constructor(publicKey: Uint8Array, privateKey: CryptoKey) {
    this.publicKey = publicKey;
    this.#privateKey = privateKey;
  }

  static async make(): Promise<RecipientKeys> {
    const { kem } = envelopeSuite();
    const pair = await kem.generateKeyPair();
    return new RecipientKeys(new Uint8Array(await kem.serializePublicKey(pair.publicKey)), pair.privateKey);
  }

  /** Returns the pair that key material of 32 bytes or more determines (RFC 9180, 7.1.3). */
  static async derive(material: Secret): Promise<RecipientKeys> {
    const { kem } = envelopeSuite();
    const pair = await withWipedCopy(material.expose(), (copy) => kem.deriveKeyPair(copy));
    return new RecipientKeys(new Uint8Array(await kem.serializePublicKey(pair.publicKey)), pair.privateKey);
  }

  /** @throws CustodyError `envelope-malformed` */
  static async load(publicKey: Uint8Array, privateKey: Secret): Promise<RecipientKeys> {
    const { kem } = envelopeSuite();
    try {
      const key = await withWipedCopy(privateKey.expose(), (copy) => kem.deserializePrivateKey(copy));
      return new RecipientKeys(publicKey, key);
    } catch {
      throw new CustodyError('envelope-malformed', 'these bytes are not an X25519 private key');
    }
  }

  /** Returns the private key as bytes, for its owner's key file. The caller wipes it. */
  async export(): Promise<Secret> {
    return Secret.own(new Uint8Array(await envelopeSuite().kem.serializePrivateKey(this.#privateKey)));
  }

  /** @throws CustodyError `envelope-malformed`, `envelope-not-for-this-key` */
  async open(use: EnvelopeUse, envelope: Uint8Array, context: string): Promise<Secret> {
    if (envelope.length < PUBLIC_KEY_BYTES + TAG_BYTES) {
      throw new CustodyError('envelope-malformed', 'these bytes are too few for a sealed envelope');
    }
    const enc = exactBuffer(envelope.subarray(0, PUBLIC_KEY_BYTES));
    const sealed = exactBuffer(envelope.subarray(PUBLIC_KEY_BYTES));
    try {
      const recipient = { recipientKey: this.#privateKey, enc, info: envelopeInfo(use) };
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
