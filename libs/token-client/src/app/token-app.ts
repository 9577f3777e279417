import { RecipientKeys, sealEnvelope, signatureHolds } from '@ramz/custody';
import { Secret, secretBytes } from '@ramz/otp-core';
import { activationKeyMessage } from '../formats/activation-key-message.ts';
import { CODES_BYTES, writeCodes } from '../formats/sealed-codes.ts';
import { type CodeNow, codeNow } from './code-now.ts';
import type { AppGateway, CompletedPurpose, KeyOfBank } from './ports.ts';
import { prove } from './prove.ts';
import { type StoredPurpose, type StoredToken, type TokenStore, wipeToken } from './stored-token.ts';
import { typedCodes } from './typed-code.ts';

/** The vault takes proofs of two minutes either way. */
const PROOF_MS = 60_000;

export interface AppPorts {
  readonly gateway: AppGateway;
  readonly store: TokenStore;
  /** Name of the bank's profile. */
  readonly bank: string;
  /**
   * The bank's audit key (Ed25519, 32 bytes), which is part of the app. `unchecked` trusts the
   * gateway: it could read the codes.
   */
  readonly auditKey: Uint8Array | 'unchecked';
  readonly nowMs: () => number;
}

/** What the customer types: the card, then the code on paper, then the code of the text (M-40). */
export interface ActivationInput {
  /** `card/` or `customer/` and the number. */
  readonly subject: string;
  readonly printed: string;
  /** Empty for a bank with one code. */
  readonly text: string;
}

/** The gateway sent a key that the bank has not signed. */
export class ActivationKeyNotSigned extends Error {
  constructor() {
    super('the activation key is not signed by the bank: type no code, and inform the bank');
    this.name = 'ActivationKeyNotSigned';
  }
}

/** An app with its tokens. One token is one card, with all its purposes (M-39). */
export class TokenApp {
  readonly #ports: AppPorts;

  constructor(ports: AppPorts) {
    this.#ports = ports;
  }

  /**
   * Activates a token. Returns whether the bank took the codes. The key is kept before they are
   * sent: after a lost answer the same call gets the same seeds.
   * @throws ActivationKeyNotSigned, CodeNotTyped
   */
  async add({ subject, printed, text }: ActivationInput): Promise<boolean> {
    const { gateway, store, nowMs } = this.#ports;
    const codes = typedCodes(printed, text);
    const bankKey = await this.#bankKey();
    const token = await this.#waitingKey(subject);
    try {
      const sealed = await sealCodes(...codes, token.publicKey, subject, bankKey);
      const { purposes, atMs } = await gateway.complete(subject, bankKey.epoch, sealed);
      if (purposes.length === 0) return false;
      const keys = await RecipientKeys.load(token.publicKey, token.privateKey);
      const opened = await Promise.all(purposes.map((one) => openSeed(one, keys)));
      const activated = { ...token, subject, purposes: opened, clockErrorMs: atMs - nowMs() };
      await store.put(activated);
      await store.remove(nextOf(subject));
      for (const { seed } of opened) seed.wipe();
      return true;
    } finally {
      wipeToken(token);
    }
  }

  /** Returns whether the app has a token with its seeds. */
  async has(subject: string): Promise<boolean> {
    return (await this.#with(subject, () => true)) ?? false;
  }

  /** Returns the code of a purpose; undefined for a token or purpose that the app does not have. */
  async code(subject: string, purpose: string): Promise<CodeNow | undefined> {
    return this.#with(subject, (token) => {
      const one = token.purposes.find((each) => each.purpose === purpose);
      return one && codeNow(token, one, this.#ports.nowMs());
    });
  }

  /**
   * Makes a token void at the bank, and forgets it (D-9). Returns whether the bank did it now. A
   * token that the bank still knows, and does not delete, is kept.
   */
  async remove(subject: string): Promise<boolean> {
    const { gateway, store, nowMs } = this.#ports;
    const isKnown = (await this.state(subject)).size > 0;
    const deleted = await this.#with(subject, (token) => gateway.deleteToken(prove('delete', token, nowMs())));
    if (deleted === true || !isKnown) await store.remove(subject);
    return deleted ?? false;
  }

  /**
   * Returns how the bank says that a token stands, by purpose; empty for one that is void. Learns
   * the error of this clock from the answer (M-45), and asks again if its proof was of another
   * time.
   */
  async state(subject: string): Promise<ReadonlyMap<string, string>> {
    const { gateway, store, nowMs } = this.#ports;
    const ask = (token: StoredToken) => gateway.tokenState(prove('state', token, nowMs()));
    const state = await this.#with(subject, async (token) => {
      const first = await ask(token);
      const now = { ...token, clockErrorMs: first.atMs - nowMs() };
      await store.put(now);
      const wasOff = Math.abs(now.clockErrorMs - token.clockErrorMs) > PROOF_MS;
      return first.purposes.size === 0 && wasOff ? (await ask(now)).purposes : first.purposes;
    });
    return state ?? new Map();
  }

  /** @throws ActivationKeyNotSigned */
  async #bankKey(): Promise<KeyOfBank> {
    const { gateway, bank, auditKey } = this.#ports;
    const key = await gateway.activationKey();
    if (auditKey === 'unchecked') return key;
    const message = activationKeyMessage(bank, key.epoch, key.publicKey);
    if (!(await signatureHolds(auditKey, message, key.signature))) throw new ActivationKeyNotSigned();
    return key;
  }

  /**
   * Each token has a key of its own. It waits beside a token that works, until it has seeds and
   * takes that one's place.
   */
  async #waitingKey(subject: string): Promise<StoredToken> {
    const { store } = this.#ports;
    const waiting = await store.get(nextOf(subject));
    if (waiting !== undefined) return waiting;
    const keys = await RecipientKeys.make();
    const privateKey = await keys.export();
    const made = { subject: nextOf(subject), publicKey: keys.publicKey, privateKey, purposes: [], clockErrorMs: 0 };
    await store.put(made);
    return made;
  }

  async #with<T>(subject: string, use: (token: StoredToken) => T | Promise<T>): Promise<T | undefined> {
    const token = await this.#ports.store.get(subject);
    if (token === undefined || token.purposes.length === 0) return undefined;
    try {
      return await use(token);
    } finally {
      wipeToken(token);
    }
  }
}

/** Under this name a key waits for its seeds. */
function nextOf(subject: string): string {
  return `${subject}/next`;
}

/** Seals the typed codes with the app's key, so that no one on the way can read or change them. */
async function sealCodes(
  printed: Uint8Array,
  text: Uint8Array,
  publicKey: Uint8Array,
  subject: string,
  bankKey: KeyOfBank,
): Promise<Uint8Array> {
  const bytes = secretBytes(CODES_BYTES);
  writeCodes(printed, text, publicKey, bytes);
  using contents = Secret.own(bytes);
  return await sealEnvelope('activation', bankKey.publicKey, contents, subject);
}

async function openSeed({ sealedSeed, ...one }: CompletedPurpose, keys: RecipientKeys): Promise<StoredPurpose> {
  return { ...one, seed: await keys.open('seed', sealedSeed, one.enrolmentId) };
}
