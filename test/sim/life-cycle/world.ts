// Two daemons on one store, and random people who act on a few cards: one after the other, at both
// daemons at once, and again with an old request id.
import { setTimeout as sleep } from 'node:timers/promises';
import { profilePath, readBankProfile } from '@ramz/bank-profile';
import { RecipientKeys } from '@ramz/custody';
import { bankPinDigits, formatCode, HmacKey, hotp } from '@ramz/otp-core';
import type { Command, Reply } from '../../../apps/hsm-daemon/src/boundary/commands.ts';
import type { Vault } from '../../../apps/hsm-daemon/src/vault/application/vault.ts';
import { hexId } from '../../harness/ledger-entries.ts';
import { makeStoredKeys, secretRandom, startOperational, testPorts } from '../../harness/operational-vault.ts';
import type { Seeded } from '../seeded.ts';
import type { StorePlant } from '../verification/shared-register.ts';
import { SharedLedger, SharedStore } from '../verification/shared-store.ts';
import { CARDS, Life, type Request, type Sent } from './life.ts';
import type { Deed } from './model.ts';

/** A deed before it is known which tokens there are. */
export interface Wish {
  readonly kind: Deed['kind'] | 'repeat';
  readonly card: number;
  readonly number: number;
  /** How many tokens, or requests, back. */
  readonly back: number;
}

/** One wish, or two at both daemons at once. */
export type Turn = readonly [Wish] | readonly [Wish, Wish];

const MINUTE_MS = 60_000;
const START_MS = Date.UTC(2026, 0, 1);
const DIGITS = bankPinDigits(8);
/** A new store after this many lives, or its log would fill the memory. */
const LIVES_A_STORE = 500;
const FIRST_CARD = 6_280_230_000_000_000;

export class LifeCycleWorld {
  readonly #seeded: Seeded;
  readonly #plant: StorePlant;
  readonly #profile = { ...readBankProfile(profilePath('maskan')), acts: {} };
  #recipient: RecipientKeys | undefined;
  #vaults: readonly Vault[] = [];
  readonly #commits: string[] = [];
  #nowMs = START_MS;
  #lives = 0;
  #requests = 0;
  #tokensMade = 0;

  constructor(seeded: Seeded, plant: StorePlant) {
    this.#seeded = seeded;
    this.#plant = plant;
  }

  /** Lives one sequence of turns with cards of its own. Returns what the daemons did wrong. */
  async live(turns: readonly Turn[]): Promise<string | undefined> {
    if (this.#lives++ % LIVES_A_STORE === 0) await this.#begin();
    const life = new Life(FIRST_CARD + this.#lives * CARDS);
    for (const turn of turns) {
      this.#nowMs += MINUTE_MS;
      const first = this.#seeded.below(2);
      this.#commits.length = 0;
      const sent = await Promise.all(turn.map((wish, i) => this.#send(wish, (first + i) % 2, life)));
      const isInOrder = this.#commits.lastIndexOf(hexId(first + 1)) < this.#commits.lastIndexOf(hexId(2 - first));
      const wrong = life.take(sent, isInOrder);
      if (wrong !== undefined) return wrong;
    }
    return this.#compare(life);
  }

  async #begin(): Promise<void> {
    const random = secretRandom((length) => this.#seeded.bytes(length));
    const { root, stored } = await makeStoredKeys(this.#profile, random);
    const store = new SharedStore();
    store.keys = { version: 1, value: stored };
    store.plant = this.#plant;
    store.committed = (logId) => this.#commits.push(logId);
    store.turn = async () => {
      // An enrolment seals its seed on another thread: others wait as long now and then.
      if (this.#seeded.chance(0.1)) await sleep(1);
      for (let waits = this.#seeded.below(4); waits > 0; waits--) await Promise.resolve();
    };
    this.#recipient = await RecipientKeys.make();
    this.#vaults = await Promise.all(
      [1, 2].map(async (n) => {
        const ledger = new SharedLedger(store, hexId(n));
        const given = { profile: this.#profile, random, nowMs: () => this.#nowMs, ledger, root };
        return startOperational(await testPorts(given));
      }),
    );
  }

  async #send({ kind, card, number, back }: Wish, node: number, life: Life): Promise<Sent> {
    const old = kind === 'repeat' ? life.requestBack(back) : undefined;
    const request =
      old ?? this.#requestOf(this.#deedOf(kind === 'repeat' ? 'verify' : kind, card, number, back, life), life);
    const { deed, command } = request;
    const [reply] = (await (this.#vaults[node] as Vault).answer([command])) as [Reply];
    if (reply.kind === 'enrolled' && deed.kind === 'enrol') life.keep(deed, await this.#keyIn(reply));
    return { request, answer: answerOf(reply), saysRepeated: saysRepeated(reply) };
  }

  #requestOf(deed: Deed, life: Life): Request {
    return { deed, command: this.#commandOf(deed, life), answers: [] };
  }

  #deedOf(kind: Deed['kind'], card: number, number: number, back: number, life: Life): Deed {
    switch (kind) {
      case 'put':
        return { kind, card, number };
      case 'enrol':
        return { kind, card, token: ++this.#tokensMade };
      case 'verify':
        return { kind, card, token: life.tokenBack(card, back), step: Math.floor(this.#nowMs / MINUTE_MS) };
      default:
        return { kind, card };
    }
  }

  #commandOf(deed: Deed, life: Life): Command {
    const subjectName = life.nameOf(deed.card);
    const requestId = `r${++this.#requests}`;
    const act = { caller: 'people', group: 'people', channel: 'branch', requestId, subjectName } as const;
    const ofCore = { ...act, channel: '' } as const;
    const tokenSerial = 'T';
    switch (deed.kind) {
      case 'put':
        return {
          kind: 'put-subject',
          ...ofCore,
          reference: '',
          accounts: [],
          mobileNumber: `98912345678${deed.number}`,
        };
      case 'close':
        return { kind: 'close-subject', ...ofCore };
      case 'deactivate':
        return { kind: 'deactivate', ...act };
      case 'block':
        return { kind: 'block-second-pin', ...act };
      case 'unblock':
        return { kind: 'unblock-second-pin', ...act };
      case 'void':
        return { kind: 'void-token', ...act, tokenSerial };
      case 'lose':
        return { kind: 'report-lost', ...act, tokenSerial };
      case 'find':
        return { kind: 'report-found', ...act, tokenSerial };
      case 'enrol': {
        const tokenPublicKey = (this.#recipient as RecipientKeys).publicKey;
        return { kind: 'enrol', caller: 'office', subjectName, purpose: 'second-pin', tokenSerial, tokenPublicKey };
      }
      case 'verify': {
        const key = life.keyOf(deed);
        const code = key === undefined ? '00000000' : formatCode(hotp(key, deed.step, DIGITS));
        const attempts = [{ requestId, subjectName, purpose: 'second-pin', tokenSerial: '', code }] as const;
        return { kind: 'verify', caller: subjectName, group: 'people', channel: 'internet-bank', attempts };
      }
    }
  }

  async #keyIn({ sealedSeed, enrolmentId }: Extract<Reply, { kind: 'enrolled' }>): Promise<HmacKey> {
    using seed = await (this.#recipient as RecipientKeys).open('seed', sealedSeed, enrolmentId);
    return HmacKey.from('sha1', seed);
  }

  /** Compares how each card stands with what the model says. */
  async #compare(life: Life): Promise<string | undefined> {
    const said: string[] = [];
    for (let card = 0; card < CARDS; card++) {
      const command = { kind: 'file', caller: 'c', channel: '', subjectName: life.nameOf(card) } as const;
      const [reply] = await (this.#vaults[0] as Vault).answer([command]);
      if (reply?.kind !== 'file') return `a file was refused: ${JSON.stringify(reply)}`;
      said.push(reply.places.find(({ purpose }) => purpose === 'second-pin')?.status ?? '');
    }
    return life.compare(said);
  }
}

function saysRepeated(reply: Reply): boolean {
  if (reply.kind === 'verdicts') return reply.results[0]?.isRepeated === true;
  return reply.kind === 'acted' && reply.isRepeated;
}

function answerOf(reply: Reply): string {
  if (reply.kind === 'verdicts') return reply.results[0]?.reason ?? '';
  if (reply.kind === 'acted') return reply.outcome;
  return reply.kind === 'fault' ? reply.reason : reply.kind;
}
