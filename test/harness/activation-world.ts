// Vaults in this process on one store, with the test's own clock, and the parties of an activation.
import { randomFillSync } from 'node:crypto';
import { profilePath, readBankProfile } from '@ramz/bank-profile';
import { RecipientKeys, sealEnvelope } from '@ramz/custody';
import { bankPinDigits, formatCode, HmacKey, hotp, Secret, secretBytes } from '@ramz/otp-core';
import { CODES_BYTES, writeCodes } from '@ramz/token-client/formats';
import type { CompletionReply, IssueReply } from '../../apps/hsm-daemon/src/boundary/activation-commands.ts';
import type { Command, ReplyOf } from '../../apps/hsm-daemon/src/boundary/commands.ts';
import type { VaultPorts } from '../../apps/hsm-daemon/src/vault/application/batch/ports.ts';
import type { Vault } from '../../apps/hsm-daemon/src/vault/application/vault.ts';
import type { Ledger } from '../../apps/hsm-daemon/src/vault/store/ledger.ts';
import { SharedLedger, SharedStore } from '../sim/verification/shared-store.ts';
import { hexId } from './ledger-entries.ts';
import { type MadeKeys, makeStoredKeys, startOperational, testPorts } from './operational-vault.ts';

export const MOBILE = '989121234567';
export const START_MS = 1_750_000_000_000;

/** What a customer types, and the key of the app. */
export interface Typed {
  readonly printed: string;
  readonly text: string;
  readonly app: RecipientKeys;
}

export class ActivationWorld {
  readonly store = new SharedStore();
  readonly vaults: Vault[] = [];
  readonly profile: VaultPorts['profile'];
  nowMs = START_MS;
  #requests = 0;
  #cards = 0;

  private constructor(profile: VaultPorts['profile']) {
    this.profile = profile;
  }

  static async start(
    bank: 'maskan' | 'sepah' = 'maskan',
    daemons = 1,
    ledgerOf: (world: ActivationWorld, keys: MadeKeys, i: number) => Ledger | Promise<Ledger> = sharedLedger,
    others: Partial<VaultPorts> = {},
  ): Promise<ActivationWorld> {
    const world = new ActivationWorld(readBankProfile(profilePath(bank)));
    const random = (length: number) => randomFillSync(secretBytes(length));
    const made = await makeStoredKeys(world.profile, random);
    for (let i = 0; i < daemons; i++) {
      const ledger = await ledgerOf(world, made, i);
      const given = { profile: world.profile, random, root: made.root, ledger, nowMs: () => world.nowMs };
      world.vaults.push(await startOperational(await testPorts(given, others)));
    }
    return world;
  }

  /** Sends one command to a vault. */
  async ask<K extends Command['kind']>(command: Extract<Command, { kind: K }>, vault = 0): Promise<ReplyOf[K]> {
    const [reply] = (await this.vaults[vault]?.answer([command])) ?? [];
    if (reply === undefined || reply.kind === 'fault') throw new Error(`${reply?.reason}: ${reply?.message}`);
    return reply as ReplyOf[K];
  }

  newCard(): string {
    return `card/${6_280_230_000_000_000 + this.#cards++}`;
  }

  asked(subjectName: string, channel: 'atm' | 'branch' | 'gateway' | '') {
    return { caller: channel || 'core', group: 'g', channel, requestId: `r${this.#requests++}`, subjectName } as const;
  }

  async put(subjectName: string, mobileNumber = MOBILE): Promise<void> {
    await this.ask({ kind: 'put-subject', ...this.asked(subjectName, ''), reference: 'C', mobileNumber, accounts: [] });
  }

  request(subjectName: string, mobileNumber = MOBILE, vault = 0): Promise<IssueReply> {
    const where = { mobileNumber, method: 'app', zone: '', textZone: '' } as const;
    return this.ask({ kind: 'request-activation', ...this.asked(subjectName, 'atm'), ...where }, vault);
  }

  repeatText(subjectName: string, mobileNumber = MOBILE): Promise<IssueReply> {
    return this.ask({ kind: 'repeat-text', ...this.asked(subjectName, 'atm'), mobileNumber, textZone: '' });
  }

  /** A new card with a number, its codes, and a new app. */
  async pending(): Promise<{ readonly card: string; readonly typed: Typed }> {
    const card = this.newCard();
    await this.put(card);
    return { card, typed: await this.codesOf(await this.request(card)) };
  }

  async codesOf({ code, text }: IssueReply): Promise<Typed> {
    const app = await RecipientKeys.make();
    return { printed: code?.digits ?? '', text: /\d{8}/.exec(text?.clear ?? '')?.[0] ?? '', app };
  }

  async complete(subjectName: string, typed: Typed, vault = 0): Promise<CompletionReply> {
    return this.ask(await this.completion(subjectName, typed), vault);
  }

  async completion(subjectName: string, { printed, text, app }: Typed) {
    const { publicKey, epoch } = await this.ask({ kind: 'activation-key', caller: 'g' });
    const bytes = secretBytes(CODES_BYTES);
    writeCodes(Buffer.from(printed), Buffer.from(text), app.publicKey, bytes);
    const sealedCodes = await sealEnvelope('activation', publicKey, Secret.own(bytes), subjectName);
    return { kind: 'complete-activation', ...this.asked(subjectName, 'gateway'), epoch, sealedCodes } as const;
  }

  /** Returns the code that a completed app shows now. */
  async codeOf({ purposes }: CompletionReply, app: RecipientKeys, purpose = 'second-pin'): Promise<string> {
    const one = purposes.find((each) => each.purpose === purpose);
    if (one === undefined) throw new Error(`no seed of ${purpose}`);
    using seed = await app.open('seed', one.sealedSeed, one.enrolmentId);
    const key = HmacKey.from(one.parameters.hash as 'sha1', seed);
    const step = Math.floor(this.nowMs / 60_000);
    return formatCode(hotp(key, step, bankPinDigits(one.parameters.digits)));
  }

  async verify(subjectName: string, code: string, purpose: 'first-pin' | 'second-pin' = 'second-pin', vault = 0) {
    const attempt = { requestId: `v${this.#requests++}`, subjectName, purpose, tokenSerial: '', code };
    const channel = purpose === 'first-pin' ? 'pos' : 'internet-bank';
    const reply = await this.ask({ kind: 'verify', caller: 'b', group: 'b', channel, attempts: [attempt] }, vault);
    return reply.results[0]?.reason;
  }

  async statusOf(subjectName: string, purpose = 'second-pin'): Promise<string | undefined> {
    const { places } = await this.file(subjectName);
    return places.find((place) => place.purpose === purpose)?.status;
  }

  file(subjectName: string) {
    return this.ask({ kind: 'file', caller: 'core', channel: '', subjectName });
  }

  async stop(): Promise<void> {
    for (const vault of this.vaults) await vault.stop();
  }
}

function sharedLedger(world: ActivationWorld, { stored }: MadeKeys, i: number): Ledger {
  if (world.store.keys.value === undefined) world.store.keys = { version: 1, value: stored };
  return new SharedLedger(world.store, hexId(i + 1));
}
