// Measures the time the vault takes to refuse a code, over the wall, by the reason (M-13, D-14): an
// attacker at a customer channel must not learn from timing what the answer hides.
import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { RecipientKeys } from '@ramz/custody';
import { bankPinDigits, formatCode, HmacKey, hotp } from '@ramz/otp-core';
import type { Reply } from '../../apps/hsm-daemon/src/boundary/commands.ts';
import type { PlainActCommand } from '../../apps/hsm-daemon/src/boundary/life-cycle-commands.ts';
import type { ToFront } from '../../apps/hsm-daemon/src/boundary/messages.ts';
import { packBatch, unpackReplies } from '../../apps/hsm-daemon/src/boundary/packed-batch.ts';
import { VaultLink } from '../../apps/hsm-daemon/src/boundary/vault-link.ts';
import type { VerdictReason } from '../../libs/audit-log/src/entries/words.ts';

export const CLASSES = [
  'wrong',
  'early',
  'late',
  'used',
  'locked',
  'unknown',
  'deactivated',
  'blocked',
  'void',
] as const;
export type RefusedClass = (typeof CLASSES)[number];

/** Planted leaks, which the measurement must find. */
export type Plant = 'slow-decision' | 'no-decoys';

const EXPECTED: Readonly<Record<RefusedClass, VerdictReason>> = {
  wrong: 'wrong-code',
  early: 'wrong-code',
  late: 'wrong-code',
  used: 'used-code',
  locked: 'locked-before',
  unknown: 'not-enrolled',
  deactivated: 'deactivated',
  blocked: 'blocked',
  void: 'voided',
};
/** The act that puts a card into its class. */
const ACT_OF: Readonly<Partial<Record<RefusedClass, PlainActCommand['kind'] | 'void-token'>>> = {
  deactivated: 'deactivate',
  blocked: 'block-second-pin',
  void: 'void-token',
};
/** Four wrong codes do not lock a card. */
const TRIES_A_CARD = 4;
const PERIOD_MS = 60_000;
const DIGITS = bankPinDigits(8);

/**
 * A vault process with cards that are prepared so that each try of a class is refused for its
 * reason.
 */
export class RefusalBench {
  readonly #dir = mkdtempSync(join(tmpdir(), 'ramz-refusals-'));
  readonly #child: ChildProcess;
  readonly link: VaultLink;
  readonly #tokens = new Map<string, HmacKey>();
  readonly #used = new Map<string, string>();
  readonly #tried = new Map<RefusedClass, number>();

  private constructor(plant: string, database: string) {
    const entry = fileURLToPath(new URL('./vault-process.ts', import.meta.url));
    this.#child = fork(entry, [this.#dir, plant, database], {
      serialization: 'advanced',
      execArgv: ['--conditions=@ramz/source', '--disable-warning=ExperimentalWarning'],
    });
    this.link = new VaultLink(
      (batch) => void this.#child.send({ batch: packBatch(batch) }),
      (work) => work(),
    );
  }

  /**
   * Prepares `samples` tries of each class.
   * @param database its address; empty for the embedded store
   */
  static async start(samples: number, plant: Plant | 'none', database: string): Promise<RefusalBench> {
    const bench = new RefusalBench(plant, database);
    await new Promise<void>((ready) => {
      bench.#child.on('message', (message: ToFront) => {
        if ('ready' in message) ready();
        else if ('replies' in message) bench.link.takeReplies(unpackReplies(message.replies));
      });
    });
    const keys = await RecipientKeys.make();
    const cards = Math.ceil(samples / TRIES_A_CARD);
    for (const name of CLASSES) for (let n = 0; n < cards; n++) await bench.#prepare(name, n, keys);
    return bench;
  }

  /** Measures one refusal of this class, in nanoseconds. */
  async time(name: RefusedClass): Promise<number> {
    const n = this.#tried.get(name) ?? 0;
    this.#tried.set(name, n + 1);
    const subjectName = card(name, Math.floor(n / TRIES_A_CARD));
    const code = this.#code(name, subjectName);
    const attempt = { requestId: randomUUID(), subjectName, purpose: 'second-pin' as const, tokenSerial: '', code };
    const command = {
      kind: 'verify' as const,
      caller: 'bank',
      group: 'bank',
      channel: 'internet-bank' as const,
      attempts: [attempt],
    };
    const before = process.hrtime.bigint();
    const reply: Reply = await this.link.send(command);
    const took = Number(process.hrtime.bigint() - before);
    const reason = reply.kind === 'verdicts' ? reply.results[0]?.reason : reply.kind;
    if (reason !== EXPECTED[name]) throw new Error(`a ${name} code was answered ${reason}`);
    return took;
  }

  stop(): void {
    this.#child.kill('SIGKILL');
    rmSync(this.#dir, { recursive: true, force: true });
  }

  async #prepare(name: RefusedClass, n: number, keys: RecipientKeys): Promise<void> {
    const subjectName = card(name, n);
    if (name !== 'unknown') await this.#enrol(subjectName, keys);
    // A separate caller for each card: one caller may lock only a few cards per minute.
    await this.#verify(`bank-${n}`, subjectName, this.#firstCodes(name, subjectName));
    const act = ACT_OF[name];
    if (act === undefined) return;
    const asked = {
      caller: 'branch',
      group: 'branch',
      channel: 'branch',
      requestId: randomUUID(),
      subjectName,
    } as const;
    const reply: Reply = await this.link.send(
      act === 'void-token' ? { kind: act, ...asked, tokenSerial: 'T' } : { kind: act, ...asked },
    );
    if (reply.kind !== 'acted' || reply.outcome !== 'done')
      throw new Error(`${act} was answered ${JSON.stringify(reply)}`);
  }

  async #enrol(subjectName: string, keys: RecipientKeys): Promise<void> {
    const enrol = { kind: 'enrol' as const, caller: 'office', purpose: 'second-pin' as const, tokenSerial: 'T' };
    const reply: Reply = await this.link.send({ ...enrol, subjectName, tokenPublicKey: keys.publicKey });
    if (reply.kind !== 'enrolled') throw new Error(`an enrolment was answered ${reply.kind}`);
    using seed = await keys.open('seed', reply.sealedSeed, reply.enrolmentId);
    this.#tokens.set(subjectName, HmacKey.from('sha1', seed));
  }

  /**
   * Codes to prepare a card. Each card is used once before, since a first use costs more
   * (docs/explanation/threat-model.md).
   */
  #firstCodes(name: RefusedClass, subjectName: string): string[] {
    if (name === 'unknown') return [this.#code(name, subjectName)];
    if (name === 'locked') return Array<string>(5).fill(this.#code('wrong', subjectName));
    const code = this.#codeAt(subjectName, 0);
    if (name === 'used') this.#used.set(subjectName, code);
    return [code];
  }

  async #verify(caller: string, subjectName: string, codes: readonly string[]): Promise<void> {
    const attempts = codes.map((code) => ({
      requestId: randomUUID(),
      subjectName,
      purpose: 'second-pin' as const,
      tokenSerial: '',
      code,
    }));
    await this.link.send({ kind: 'verify', caller, group: 'bank', channel: 'internet-bank', attempts });
  }

  #code(name: RefusedClass, subjectName: string): string {
    switch (name) {
      case 'wrong':
      case 'unknown':
        return this.#tokens.has(subjectName) ? notOf(this.#codeAt(subjectName, 0)) : '12345678';
      case 'early':
        return this.#codeAt(subjectName, 3);
      case 'late':
        return this.#codeAt(subjectName, -5);
      case 'used':
        return this.#used.get(subjectName) ?? this.#codeAt(subjectName, 0);
      case 'locked':
      case 'deactivated':
      case 'blocked':
      case 'void':
        return this.#codeAt(subjectName, 0);
    }
  }

  #codeAt(subjectName: string, steps: number): string {
    const key = this.#tokens.get(subjectName);
    if (key === undefined) throw new Error('the card has no token');
    return formatCode(hotp(key, Math.floor(Date.now() / PERIOD_MS) + steps, DIGITS));
  }
}

function card(name: RefusedClass, n: number): string {
  return `card/${String(6_280_230_000_000_000 + CLASSES.indexOf(name) * 10_000_000 + n)}`;
}

function notOf(code: string): string {
  return String((Number(code) + 50_000_000) % 100_000_000).padStart(8, '0');
}
