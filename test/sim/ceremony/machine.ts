// The machine of the simulation: the real vault over the real store, which loses its power when it is told to.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EntryRow } from '@ramz/audit-log';
import { RecipientKeys, SigningKeys } from '@ramz/custody';
import { secretBytes } from '@ramz/otp-core';
import type { Command, Reply } from '../../../apps/hsm-daemon/src/boundary/commands.ts';
import type { VaultPorts } from '../../../apps/hsm-daemon/src/vault/application/batch/ports.ts';
import { Vault } from '../../../apps/hsm-daemon/src/vault/application/vault.ts';
import type { AnchorMark } from '../../../apps/hsm-daemon/src/vault/domain/anchor/check-anchor.ts';
import { decide } from '../../../apps/hsm-daemon/src/vault/domain/verification/decide.ts';
import type { Anchor } from '../../../apps/hsm-daemon/src/vault/store/anchor.ts';
import type { Change, Ledger } from '../../../apps/hsm-daemon/src/vault/store/ledger.ts';
import { SqliteLedger } from '../../../apps/hsm-daemon/src/vault/store/sqlite/ledger.ts';
import type { BankProfile } from '../../../libs/bank-profile/src/bank-profile.ts';
import type { DaemonState } from '../../../libs/custody/src/ceremony/daemon-state.ts';
import type { Seeded } from '../seeded.ts';

/** The power went. Whoever waited for an answer gets none. */
export class PowerCut extends Error {}

/** No message may end the vault's process. */
export class VaultCrashed extends Error {}

/** What is wrong with the machine on purpose, so that the simulation is seen to notice. */
export type Plant = 'none' | 'torn-commit' | 'nobody-compares';

/** What a torn commit leaves beside the keys: not the entry that tells of them. */
const STRAY = { kind: 'refusal', atMs: 0, caller: 'torn', rpc: 'none', reason: 'torn' } as const;

/** Memory as fast as it gets, where there is any. */
const ROOT = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

class SimulatedAnchor implements Anchor {
  mark: AnchorMark | undefined;
  read(): AnchorMark | undefined {
    return this.mark;
  }
  write(mark: AnchorMark): void {
    this.mark = mark;
  }
  close(): void {}
}

export class Machine {
  readonly #dir = mkdtempSync(join(ROOT, 'ramz-sim-'));
  readonly #seeded: Seeded;
  readonly #plant: Plant;
  readonly #profile: BankProfile;
  readonly #identity: SigningKeys;
  readonly #sessions: readonly RecipientKeys[];
  readonly #anchor = new SimulatedAnchor();
  #ledger: SqliteLedger;
  #vault: Vault | undefined;
  /** Commits until the power goes; Infinity for never. */
  commitsLeft = Number.POSITIVE_INFINITY;
  #nowMs = Date.UTC(2026, 10, 22);

  private constructor(
    seeded: Seeded,
    plant: Plant,
    profile: BankProfile,
    identity: SigningKeys,
    sessions: readonly RecipientKeys[],
  ) {
    this.#seeded = seeded;
    this.#plant = plant;
    this.#profile = profile;
    this.#identity = identity;
    this.#sessions = sessions;
    this.#ledger = this.#openStore();
  }

  static async build(seeded: Seeded, plant: Plant, profile: BankProfile): Promise<Machine> {
    const sessions = await Promise.all(Array.from({ length: 8 }, () => RecipientKeys.make()));
    const machine = new Machine(seeded, plant, profile, await SigningKeys.make(), sessions);
    await machine.#start();
    return machine;
  }

  get identity(): Uint8Array {
    return this.#identity.publicKey;
  }

  get ledger(): SqliteLedger {
    return this.#ledger;
  }

  get state(): DaemonState | 'off' {
    return this.#vault?.state ?? 'off';
  }

  /** One command, as the front would send it. @throws PowerCut */
  async ask(command: Command): Promise<Reply> {
    if (this.#vault === undefined) throw new PowerCut();
    try {
      const [reply] = await this.#vault.answer([command]);
      return reply as Reply;
    } catch (error) {
      if (error instanceof PowerCut) throw error;
      throw new VaultCrashed(`the vault crashed: ${String((error as Error).stack ?? error)}`);
    }
  }

  /** After a power cut, or instead of one. */
  async restart(): Promise<void> {
    this.#vault = undefined;
    this.commitsLeft = Number.POSITIVE_INFINITY;
    await this.#ledger.close();
    this.#ledger = this.#openStore();
    await this.#start();
  }

  async scrap(): Promise<void> {
    await this.#ledger.close();
    rmSync(this.#dir, { recursive: true });
  }

  async #start(): Promise<void> {
    const ports: VaultPorts = {
      ledger: this.#fragile(),
      anchor: this.#anchor,
      identity: this.#identity,
      rootKeeper: undefined,
      profile: this.#profile,
      realm: 'test',
      version: 'sim',
      software: '0'.repeat(64),
      nowMs: () => (this.#nowMs += 1_000),
      monotonicMs: () => this.#nowMs,
      random: (length) => {
        const bytes = secretBytes(length);
        bytes.set(this.#seeded.bytes(length));
        return bytes;
      },
      makeSession: () => Promise.resolve(this.#seeded.pick(this.#sessions)),
      collectGarbage: () => {},
      decide,
    };
    this.#vault = await Vault.start(ports);
  }

  #openStore(): SqliteLedger {
    return SqliteLedger.open(join(this.#dir, 'vault.db'), this.#nowMs);
  }

  /** The ledger of a machine whose power may go before a commit, or after it. */
  #fragile(): Ledger {
    return new Proxy(this.#ledger as Ledger, {
      get: (ledger, name) => {
        if (name !== 'commit') {
          const value: unknown = Reflect.get(ledger, name, ledger);
          return typeof value === 'function' ? value.bind(ledger) : value;
        }
        return (change: Change) => this.#commit(ledger, change);
      },
    });
  }

  async #commit(ledger: Ledger, change: Change): Promise<void> {
    this.commitsLeft -= 1;
    if (this.commitsLeft >= 0) return ledger.commit(change);
    const wasWritten = this.#seeded.chance(0.5);
    if (this.#plant === 'torn-commit' && change.keys !== undefined) {
      const row = new EntryRow();
      row.add(STRAY);
      await ledger.commit({ ...change, row, events: [], ceremonies: [] });
    } else if (wasWritten) await ledger.commit(change);
    this.#vault = undefined;
    throw new PowerCut();
  }
}
