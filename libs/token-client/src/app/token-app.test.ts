import { generateKeyPairSync } from 'node:crypto';
import { RecipientKeys, sealEnvelope } from '@ramz/custody';
import { Secret } from '@ramz/otp-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { codesOf } from '../formats/sealed-codes.ts';
import { MemoryTokens } from './memory-tokens.ts';
import type { AppGateway, CompletedPurpose } from './ports.ts';
import { TokenApp } from './token-app.ts';

const CARD = 'card/6280230000000019';
const SEED = new Uint8Array(20).fill(7);
const MINUTES_MS = 60_000;

/** A bank in memory: one pair of codes, one token, a clock of its own. */
class Bank implements AppGateway {
  readonly keys: RecipientKeys;
  nowMs = 1_750_000_000_000;
  isLost = false;
  typed: { printed: string; text: string; publicKey: Uint8Array } | undefined;
  isKnown = true;
  asked = 0;

  constructor(keys: RecipientKeys) {
    this.keys = keys;
  }

  async activationKey() {
    return { publicKey: this.keys.publicKey, epoch: 1, signature: new Uint8Array(64), atMs: this.nowMs };
  }

  async complete(subject: string, _epoch: number, sealed: Uint8Array) {
    using bytes = await this.keys.open('activation', sealed, subject);
    const { codes, publicKey } = codesOf(bytes.expose()) ?? { codes: SEED, publicKey: SEED };
    const text = (from: number) =>
      Buffer.from(codes.subarray(from, from + 16))
        .toString()
        .replaceAll('\0', '');
    this.typed = { printed: text(0), text: text(16), publicKey: Uint8Array.from(publicKey) };
    const sealedSeed = await sealEnvelope('seed', this.typed.publicKey, Secret.copy(SEED), 'e'.repeat(32));
    if (this.isLost) throw new Error('the answer is lost');
    const parameters = { hash: 'sha1', digits: 8, periodSeconds: 60, t0Seconds: 0, ocraSuite: '' } as const;
    const one: CompletedPurpose = { purpose: 'second-pin', enrolmentId: 'e'.repeat(32), sealedSeed, ...parameters };
    return { purposes: [one], atMs: this.nowMs };
  }

  async deleteToken({ minute }: { minute: number }) {
    return this.isKnown && this.#isNow(minute);
  }

  async tokenState({ minute }: { minute: number }) {
    this.asked += 1;
    const isProven = this.isKnown && this.#isNow(minute);
    return { purposes: new Map(isProven ? [['second-pin', 'active']] : []), atMs: this.nowMs };
  }

  #isNow(minute: number): boolean {
    return Math.abs(minute - Math.floor(this.nowMs / MINUTES_MS)) <= 2;
  }
}

let bank: Bank;
let store: MemoryTokens;
let phoneMs = 0;
const app = (auditKey: Uint8Array | 'unchecked' = 'unchecked') =>
  new TokenApp({ gateway: bank, store, bank: 'maskan', auditKey, nowMs: () => phoneMs });

beforeEach(async () => {
  bank = new Bank(await RecipientKeys.make());
  store = new MemoryTokens();
  phoneMs = bank.nowMs;
});

describe('an app', () => {
  it('sends Persian and Arabic digits, with spaces, as the codes that they are', async () => {
    const typed = { subject: CARD, printed: '۱۲۳۴ ۵۶۷۸', text: '٨٧٦٥-٤٣٢١' };
    expect(await app().add(typed)).toBe(true);
    expect(bank.typed).toMatchObject({ printed: '12345678', text: '87654321' });
  });

  it('sends the one code of a branch with its check digit', async () => {
    expect(await app().add({ subject: 'customer/700123', printed: '1234 5678 9012 8', text: '' })).toBe(true);
    expect(bank.typed).toMatchObject({ printed: '1234567890128', text: '' });
  });

  it.each([
    ['', '12345678'],
    ['1234567', '12345678'],
    ['abcdefgh', '12345678'],
    ['12345678', ''],
    ['1234567890128', '12345678'],
    ['1234567890123', ''],
  ])('does not send %j with %j: no try is lost', async (printed, text) => {
    await expect(app().add({ subject: CARD, printed, text })).rejects.toThrow('type it again');
    expect(bank.typed).toBeUndefined();
  });

  it('keeps its key over a lost answer, and a token that works until another takes its place', async () => {
    const typed = { subject: CARD, printed: '12345678', text: '12345678' };
    await app().add(typed);
    const works = await app().code(CARD, 'second-pin');
    bank.isLost = true;
    await expect(app().add(typed)).rejects.toThrow('lost');
    const first = bank.typed?.publicKey;
    expect(await app().code(CARD, 'second-pin')).toEqual(works);
    bank.isLost = false;
    expect(await app().add(typed)).toBe(true);
    expect(bank.typed?.publicKey).toEqual(first);
  });

  it('follows the bank’s clock, and learns it again when the phone’s was set (M-45)', async () => {
    await app().add({ subject: CARD, printed: '12345678', text: '12345678' });
    const shown = await app().code(CARD, 'second-pin');
    phoneMs += 10 * MINUTES_MS;
    expect(await app().code(CARD, 'second-pin')).not.toMatchObject({ code: shown?.code });
    expect(await app().state(CARD)).toEqual(new Map([['second-pin', 'active']]));
    expect(await app().code(CARD, 'second-pin')).toMatchObject({ code: shown?.code });
  });

  it('deletes a token also when its clock is wrong, and forgets none that the bank still has', async () => {
    await app().add({ subject: CARD, printed: '12345678', text: '12345678' });
    phoneMs -= 60 * MINUTES_MS;
    expect(await app().remove(CARD)).toBe(true);
    expect(await app().code(CARD, 'second-pin')).toBeUndefined();
  });

  it('forgets a token that is void at the bank', async () => {
    await app().add({ subject: CARD, printed: '12345678', text: '12345678' });
    bank.isKnown = false;
    expect(await app().state(CARD)).toEqual(new Map());
    expect(await app().remove(CARD)).toBe(false);
    expect(await app().code(CARD, 'second-pin')).toBeUndefined();
  });

  it('types no code for a key that its bank has not signed', async () => {
    const { publicKey } = generateKeyPairSync('ed25519');
    const auditKey = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
    const typed = { subject: CARD, printed: '12345678', text: '12345678' };
    await expect(app(auditKey).add(typed)).rejects.toThrow('not signed by the bank');
    expect(bank.typed).toBeUndefined();
  });
});
