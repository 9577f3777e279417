// Measures the time the vault takes to refuse typed codes, over the wall, by the reason (D-4): a
// gateway must not learn from timing which cards the bank has, or which half was right.
import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { RecipientKeys, sealEnvelope } from '@ramz/custody';
import { Secret, secretBytes } from '@ramz/otp-core';
import { CODES_BYTES, writeCodes } from '@ramz/token-client/formats';
import type { ActivationKeyReply } from '../../apps/hsm-daemon/src/boundary/activation-commands.ts';
import type { Command, ReplyOf } from '../../apps/hsm-daemon/src/boundary/commands.ts';
import type { ToFront } from '../../apps/hsm-daemon/src/boundary/messages.ts';
import { packBatch, unpackReplies } from '../../apps/hsm-daemon/src/boundary/packed-batch.ts';
import { VaultLink } from '../../apps/hsm-daemon/src/boundary/vault-link.ts';
import { decodeEntry } from '../../libs/audit-log/src/entries/entry-codec.ts';

export const COMPLETIONS = [
  'unknown',
  'none-pending',
  'wrong-printed',
  'wrong-text',
  'wrong-both',
  'expired',
  'used',
] as const;
export type CompletionClass = (typeof COMPLETIONS)[number];

/** What the log must say of a try, or the class would measure something else. */
const EXPECTED: Readonly<Record<CompletionClass, string>> = {
  unknown: 'no-activation',
  'none-pending': 'no-activation',
  'wrong-printed': 'wrong-codes',
  'wrong-text': 'wrong-codes',
  'wrong-both': 'wrong-codes',
  expired: 'codes-expired',
  used: 'codes-used',
};
/** Four wrong tries do not end an activation. */
const TRIES_A_CARD = 4;
const MOBILE = '989121234567';
const SIGNAL_MS = 500;

interface Typed {
  readonly printed: string;
  readonly text: string;
}

/** A vault process with cards whose codes are refused for the reason of their class. */
export class CompletionBench {
  readonly #dir = mkdtempSync(join(tmpdir(), 'ramz-completions-'));
  readonly #child: ChildProcess;
  readonly #link: VaultLink;
  readonly #typed = new Map<string, Typed>();
  readonly #tried = new Map<CompletionClass, number>();
  readonly #app: RecipientKeys;
  #key: ActivationKeyReply | undefined;

  private constructor(plant: string, database: string, app: RecipientKeys) {
    this.#app = app;
    const entry = fileURLToPath(new URL('./vault-process.ts', import.meta.url));
    this.#child = fork(entry, [this.#dir, plant, database], {
      serialization: 'advanced',
      execArgv: ['--conditions=@ramz/source', '--disable-warning=ExperimentalWarning'],
    });
    this.#link = new VaultLink(
      (batch) => void this.#child.send({ batch: packBatch(batch) }),
      (work) => work(),
    );
  }

  /** @param database its address; empty for the embedded store */
  static async start(samples: number, plant: 'early-return' | 'none', database: string): Promise<CompletionBench> {
    const bench = new CompletionBench(plant, database, await RecipientKeys.make());
    await new Promise<void>((ready) => {
      bench.#child.on('message', (message: ToFront) => {
        if ('ready' in message) ready();
        else if ('replies' in message) bench.#link.takeReplies(unpackReplies(message.replies));
      });
    });
    bench.#key = await bench.#ask({ kind: 'activation-key', caller: 'g' });
    const cards = Math.ceil(samples / TRIES_A_CARD) + 1;
    // The codes of these end before the others are made.
    for (let n = 0; n < cards; n++) await bench.#prepare('expired', n);
    // The clock goes sixteen minutes forward.
    bench.#child.kill('SIGUSR2');
    await sleep(SIGNAL_MS);
    for (const name of COMPLETIONS) {
      if (name !== 'expired') for (let n = 0; n < cards; n++) await bench.#prepare(name, n);
    }
    for (const name of COMPLETIONS) await bench.#assertReason(name);
    return bench;
  }

  async time(name: CompletionClass): Promise<number> {
    const n = this.#tried.get(name) ?? 0;
    this.#tried.set(name, n + 1);
    const card = cardOf(name, Math.floor(n / TRIES_A_CARD));
    const command = await this.#completion(card, this.#typedFor(name, card));
    const before = process.hrtime.bigint();
    const reply = await this.#link.send(command);
    const took = Number(process.hrtime.bigint() - before);
    if (reply.kind !== 'completed' || reply.isActivated)
      throw new Error(`${name} was answered ${JSON.stringify(reply)}`);
    return took;
  }

  stop(): void {
    this.#child.kill('SIGKILL');
    rmSync(this.#dir, { recursive: true, force: true });
  }

  /** Every card but an unknown one has a file and had an activation: their files are as long. */
  async #prepare(name: CompletionClass, n: number): Promise<void> {
    if (name === 'unknown') return;
    const card = cardOf(name, n);
    const core = { caller: 'core', group: 'core', channel: '', requestId: randomUUID(), subjectName: card } as const;
    await this.#ask({ kind: 'put-subject', ...core, reference: 'C-1', mobileNumber: MOBILE, accounts: [] });
    if (name === 'none-pending') return;
    const atm = { ...core, caller: 'atm', group: 'atm', channel: 'atm', requestId: randomUUID() } as const;
    const where = { mobileNumber: MOBILE, method: 'app', zone: '', textZone: '' } as const;
    const { code, text } = await this.#ask({ kind: 'request-activation', ...atm, ...where });
    const typed = { printed: code?.digits ?? '', text: /\d{8}/.exec(text?.clear ?? '')?.[0] ?? '' };
    this.#typed.set(card, typed);
    if (name !== 'used') return;
    const other = await RecipientKeys.make();
    await this.#ask(await this.#completion(card, typed, other));
  }

  async #assertReason(name: CompletionClass): Promise<void> {
    await this.time(name);
    const { logSize } = await this.#ask({ kind: 'entries', first: 0, count: 1 });
    const { entries } = await this.#ask({ kind: 'entries', first: logSize - 1, count: 1 });
    const last = decodeEntry(entries[0] ?? new Uint8Array());
    const outcome = last.kind === 'life-cycle' ? last.outcome : last.kind;
    if (outcome !== EXPECTED[name] && !(name === 'unknown' && last.kind !== 'life-cycle'))
      throw new Error(`${name} was refused for ${outcome}`);
  }

  #typedFor(name: CompletionClass, card: string): Typed {
    const { printed, text } = this.#typed.get(card) ?? { printed: '12345678', text: '87654321' };
    return {
      printed: name === 'wrong-printed' || name === 'wrong-both' ? notOf(printed) : printed,
      text: name === 'wrong-text' || name === 'wrong-both' ? notOf(text) : text,
    };
  }

  async #completion(card: string, { printed, text }: Typed, app = this.#app) {
    const bytes = secretBytes(CODES_BYTES);
    writeCodes(Buffer.from(printed), Buffer.from(text), app.publicKey, bytes);
    const { publicKey, epoch } = this.#key ?? { publicKey: new Uint8Array(), epoch: 0 };
    const sealedCodes = await sealEnvelope('activation', publicKey, Secret.own(bytes), card);
    const asked = { caller: 'g', group: 'g', channel: 'gateway', requestId: randomUUID(), subjectName: card } as const;
    return { kind: 'complete-activation', ...asked, epoch, sealedCodes } as const;
  }

  async #ask<K extends Command['kind']>(command: Extract<Command, { kind: K }>): Promise<ReplyOf[K]> {
    const reply = await this.#link.send(command);
    if (reply.kind === 'fault') throw new Error(`${command.kind}: ${reply.message}`);
    return reply as ReplyOf[K];
  }
}

function cardOf(name: CompletionClass, n: number): string {
  return `card/${String(6_280_230_000_000_000 + COMPLETIONS.indexOf(name) * 10_000_000 + n)}`;
}

function notOf(code: string): string {
  return String((Number(code) + 50_000_000) % 100_000_000).padStart(8, '0');
}
