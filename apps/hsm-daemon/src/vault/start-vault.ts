import { randomFillSync } from 'node:crypto';
import { join } from 'node:path';
import { treeRootAt } from '@ramz/audit-log';
import { readBankProfile } from '@ramz/bank-profile';
import { fingerprintOf, hexOf, RecipientKeys } from '@ramz/custody';
import { secretBytes } from '@ramz/otp-core';
import { chooseEngine, nobleEngine } from '@ramz/otp-core/engine';
import { derivingEngine } from '@ramz/otp-fast/deriving';
import type { VaultOptions } from '../boundary/vault-options.ts';
import type { VaultPorts } from './application/batch/ports.ts';
import { FailedVault, type StatusBeforeStart } from './application/run/failed-vault.ts';
import { Vault } from './application/vault.ts';
import { hashSoftware } from './crypto/hash-software.ts';
import { runSelfTests } from './crypto/self-tests.ts';
import { anchorFault } from './domain/anchor/check-anchor.ts';
import { decide } from './domain/verification/decide.ts';
import { openIdentity } from './identity/open-identity.ts';
import { FileRootKeeper } from './root-key/file-root-keeper.ts';
import { Pkcs11RootKeeper } from './root-key/pkcs11-root-keeper.ts';
import type { RootKeeper } from './root-key/root-keeper.ts';
import { serveFront } from './serve-front.ts';
import type { Anchor } from './store/anchor.ts';
import { AnchorFile } from './store/anchor-file.ts';
import type { Ledger, StoredKeys } from './store/ledger.ts';
import { PostgresLedger } from './store/postgres/ledger.ts';
import { loadLogId, lockFolder } from './store/postgres/own-folder.ts';
import { Sessions } from './store/postgres/sessions.ts';
import { SqliteLedger } from './store/sqlite/ledger.ts';
import { LogBroken, RowBroken } from './store/store-errors.ts';

const ENGINES = { fast: derivingEngine, noble: nobleEngine } as const;

/**
 * Starts the vault with its real ports. `planted` replaces some, in tests that must be seen to
 * fail.
 */
export async function startVault(options: VaultOptions, planted: Partial<VaultPorts> = {}): Promise<void> {
  await serveFront(await makeVault(options, planted), options.socketPath);
}

export async function makeVault(
  options: VaultOptions,
  planted: Partial<VaultPorts> = {},
): Promise<Vault | FailedVault> {
  const { realm, version, failSelfTest, otpEngine } = options;
  // Before any key is made, and before the self-tests: they must run on the engine in use.
  chooseEngine(ENGINES[otpEngine]);
  const profile = readBankProfile(options.profilePath);
  const identity = planted.identity ?? (await openIdentity(options));
  const known: StatusBeforeStart = {
    realm,
    profile: profile.name,
    logSize: 0,
    activeEnrolments: 0,
    storeAnswers: true,
    storeProblem: '',
    rootKeyKcv: '',
    sharesGiven: 0,
    threshold: 0,
    failure: '',
    whySealed: '',
    identity: fingerprintOf(identity.publicKey),
    epoch: 0,
    unsealMode: options.unseal,
    blockedCallers: [],
  };
  const failed = (failure: string) => new FailedVault({ ...known, failure });
  const wrong = (await runSelfTests(realm === 'test' ? failSelfTest : '')).filter(({ passed }) => !passed);
  if (wrong.length > 0) return failed(`self-test failed: ${wrong.map(({ name }) => name).join(', ')}`);
  const ledger = planted.ledger ?? (await openOrBroken(options));
  if (ledger instanceof Error) return failed(ledger.message);
  const anchor = planted.anchor ?? AnchorFile.open(options.anchorPath);
  const fault = await anchorFaultOf(ledger, anchor);
  if (fault !== undefined && !options.restore) {
    return failed(`${fault}; if the operators know why, start with --restore and hold a restore ceremony`);
  }
  const foreign = whyForeign(ledger.keys, realm, profile.name);
  if (foreign !== undefined) return failed(foreign);
  return Vault.start(
    {
      identity,
      profile,
      realm,
      version,
      software: hashSoftware(),
      rootKeeper: rootKeeperOf(options),
      nowMs: () => Date.now(),
      monotonicMs: () => performance.now(),
      random: (length) => randomFillSync(secretBytes(length)),
      makeSession: () => RecipientKeys.make(),
      collectGarbage: () => globalThis.gc?.(),
      decide,
      ...planted,
      ledger,
      anchor,
    },
    fault !== undefined,
  );
}

/**
 * Opens the store that the operator chose.
 * @throws LogBroken, StoreUnavailable, or an Error for a store that cannot be used
 */
export async function openLedger(
  options: Pick<VaultOptions, 'vaultDir'> & Partial<Pick<VaultOptions, 'databases' | 'databasePasswordPath'>>,
): Promise<Ledger> {
  const { vaultDir, databases = [], databasePasswordPath = '' } = options;
  if (databases.length === 0) return SqliteLedger.open(join(vaultDir, 'vault.db'), Date.now());
  lockFolder(vaultDir);
  const sessions = new Sessions(databases, databasePasswordPath);
  return PostgresLedger.open(sessions, loadLogId(vaultDir));
}

export function readVaultOptions(argv: readonly string[]): VaultOptions {
  return JSON.parse(argv[2] ?? '{}') as VaultOptions;
}

/** Returns why the keys are of another realm or bank: no code would ever match with them. */
function whyForeign(keys: StoredKeys | undefined, realm: string, bank: string): string | undefined {
  if (keys === undefined) return undefined;
  if (keys.realm !== realm) return `the store is of the ${keys.realm} realm, and can never be opened in ${realm}`;
  return keys.bank === bank ? undefined : `the store is of the profile ${keys.bank}, and was opened with ${bank}`;
}

async function openOrBroken(options: VaultOptions): Promise<Ledger | LogBroken | RowBroken> {
  try {
    return await openLedger(options);
  } catch (error) {
    if (error instanceof LogBroken || error instanceof RowBroken) return error;
    throw error;
  }
}

export async function anchorFaultOf(ledger: Ledger, anchor: Anchor): Promise<string | undefined> {
  const { logId, logSize: size, keys } = ledger;
  const mark = anchor.read();
  const anchored = Math.min(mark?.size ?? 0, size);
  const anchoredRoot = hexOf(await ledger.fromTree((nodeAt) => treeRootAt(anchored, nodeAt)));
  return anchorFault({ logId, epoch: keys?.epoch ?? 1, size, anchoredRoot }, mark);
}

function rootKeeperOf({ unseal, realm, vaultDir, pkcs11Path }: VaultOptions): RootKeeper | undefined {
  switch (unseal) {
    case 'shares':
      return undefined;
    case 'file':
      // Anyone with the disk has the key: for development, and refused by the daemon in the live
      // realm.
      if (realm !== 'test') throw new Error('--unseal file exists in the test realm only');
      return new FileRootKeeper(join(vaultDir, 'development-root.key'));
    case 'pkcs11':
      return Pkcs11RootKeeper.open(pkcs11Path);
  }
}
