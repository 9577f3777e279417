// The machine of the simulation: the real vault on the real store, with power cuts on demand.
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

/** The power was cut. Calls in flight get no answer. */
export class PowerCut extends Error {}

/** The vault threw an error: no message may end its process. */
export class VaultCrashed extends Error {}

/** A planted bug, to check that the simulation notices it. */
export type Plant = 'none' | 'torn-commit' | 'nobody-compares';

/** The entry that a torn commit writes beside the keys, instead of the one that records them. */
const STRAY = { kind: 'refusal', atMs: 0, caller: 'torn', rpc: 'none', reason: 'torn' } as const;

/** In memory where possible, for speed. */
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
  /** Commits until the power cut; Infinity for none. */
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

  /**
   * Sends one command like the front.
   * @throws PowerCut
   */
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

  /** Restarts the vault on the same store, with power cuts off. */
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

  /** Wraps the ledger, so that the power can be cut before or after a commit. */
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
