import { randomFillSync } from 'node:crypto';
import { join } from 'node:path';
import { secretBytes } from '@ramz/otp-core';
import { readBankProfile } from '../config/bank-profile.ts';
import type { VaultPorts } from './application/ports.ts';
import { Vault } from './application/vault.ts';
import { decide } from './domain/verification/decide.ts';
import { serveFront } from './serve-front.ts';
import { SqliteLedger } from './store/sqlite/ledger.ts';

/** What the vault's process is told at its start. No secret is among it: it stands in the process list. */
export interface VaultOptions {
  /** The vault's own folder: nothing else is in it, and nothing else can it write. */
  readonly vault_dir: string;
  readonly profile_path: string;
  readonly realm: 'test';
  readonly version: string;
}

/** The vault with its real ports. `planted` replaces some, in tests that must be seen to fail. */
export async function startVault(options: VaultOptions, planted: Partial<VaultPorts> = {}): Promise<void> {
  const now_ms = () => Date.now();
  const ledger = planted.ledger ?? openLedger(options);
  const vault = await Vault.start({
    profile: readBankProfile(options.profile_path),
    realm: options.realm,
    version: options.version,
    now_ms,
    random: (length) => randomFillSync(secretBytes(length)),
    decide,
    ...planted,
    ledger,
  });
  serveFront(vault);
}

export function openLedger(options: VaultOptions): SqliteLedger {
  return SqliteLedger.open(join(options.vault_dir, 'vault.db'), Date.now());
}

export function readVaultOptions(argv: readonly string[]): VaultOptions {
  return JSON.parse(argv[2] ?? '{}') as VaultOptions;
}
