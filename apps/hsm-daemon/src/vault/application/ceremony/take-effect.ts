import { PURPOSES, type Purpose } from '@ramz/audit-log';
import { hexOf, hmacKeyCheckValue } from '@ramz/custody';
import type { Secret } from '@ramz/otp-core';
import { wrapSeedMaster } from '../../crypto/keyring.ts';
import { UNSEALED_MARK } from '../../domain/events/events.ts';
import { leadSteps, liveSteps } from '../../domain/verification/candidate-steps.ts';
import type { RootKeeper } from '../../root-key/root-keeper.ts';
import { auditKeyOf, type StoredKeys } from '../../store/ledger.ts';
import type { Draft } from '../batch/batch.ts';
import type { VaultPorts } from '../batch/ports.ts';
import { destroyKeys } from '../keys/destroy-keys.ts';
import type { KeyHolder } from '../keys/key-holder.ts';
import { OpenKeys } from '../keys/open-keys.ts';
import type { CeremonyRoom } from './ceremony-room.ts';
import { combineGiven, mixRoom } from './make-shares.ts';

/**
 * Carries out a completed ceremony. Its changes are committed in one transaction with its entry,
 * and the effects in memory follow once that is durable. Nothing lasting has changed before.
 * @throws KcvDiffers
 */
export async function takeEffect(
  room: CeremonyRoom,
  draft: Draft,
  holder: KeyHolder,
  ports: Pick<VaultPorts, 'ledger' | 'anchor' | 'rootKeeper' | 'profile' | 'realm' | 'random'>,
  abandonCeremony: (why: string) => void,
): Promise<void> {
  const { kind } = room.ceremony.plan;
  switch (kind) {
    case 'initialise':
    case 'rotate-root-key':
    case 'refresh-shares':
    case 'replace-custodian':
      putShares(room, draft, ports);
      // The former keyring must not remain anywhere, not even in the write-ahead log.
      return draft.afterCommit(() => ports.ledger.scrub());
    case 'roll-call':
      return record(room, draft, room.ceremony.note || 'every share was proved');
    case 'destroy':
      record(room, draft, 'all keys destroyed');
      abandonCeremony('the keys were destroyed');
      return destroyKeys(draft, holder, ports);
    case 'unseal':
      return unseal(room, draft, holder, ports);
    case 'rotate-seed-master':
      return rotateSeedMaster(room, draft, holder, ports);
    case 'enable-auto-unseal':
      return enableAutoUnseal(room, draft, ports);
    case 'restore':
      return restore(room, draft, holder, ports);
  }
}

function putShares(room: CeremonyRoom, draft: Draft, { ledger }: Pick<VaultPorts, 'ledger'>): void {
  if (room.made === undefined) throw new Error('a ceremony that makes shares ended without any');
  const { keys } = room.made;
  // A caller that was blocked meanwhile stays blocked.
  draft.storeKeys({ ...keys, blocked_callers: ledger.keys?.blocked_callers ?? [] });
  record(
    room,
    draft,
    JSON.stringify({
      root_kcv: keys.root.kcv,
      threshold: keys.shares.threshold,
      holders: keys.shares.holders,
      // A reader who trusts the minutes knows which key must have signed the log.
      audit_key: hexOf(auditKeyOf(keys)),
    }),
  );
}

async function unseal(
  room: CeremonyRoom,
  draft: Draft,
  holder: KeyHolder,
  ports: Pick<VaultPorts, 'ledger' | 'profile' | 'realm' | 'random'>,
): Promise<void> {
  const stored = storedIn(ports);
  using root = combineGiven(room, stored);
  const keys = await OpenKeys.unlock(root, stored, ports);
  record(room, draft, `${UNSEALED_MARK}root key KCV ${stored.root.kcv}`);
  openWhenDurable(keys, draft, holder);
}

/**
 * Opens the keys once the batch is durable. If they were opened before, they would stay open when
 * the ceremony fails.
 */
function openWhenDurable(keys: OpenKeys, draft: Draft, holder: KeyHolder): void {
  draft.afterCommit(
    () => holder.open(keys),
    () => keys.wipe(),
  );
}

async function rotateSeedMaster(
  room: CeremonyRoom,
  draft: Draft,
  holder: KeyHolder,
  ports: Pick<VaultPorts, 'ledger' | 'profile' | 'realm' | 'random'>,
): Promise<void> {
  const stored = storedIn(ports);
  const { realm, random } = ports;
  using root = combineGiven(room, stored);
  const epoch =
    Math.max(0, ...stored.keys.filter(({ name }) => name === 'seed-master').map(({ version }) => version)) + 1;
  using seed = mixRoom(`seed-master/${epoch}`, room, ports);
  const key = wrapSeedMaster(root, seed, epoch, realm, draft.nowMs, random);
  const after = { ...stored, keys: [...stored.keys, key] };
  const keys = await OpenKeys.unlock(root, after, ports);
  draft.storeKeys(after);
  record(room, draft, JSON.stringify({ epoch, seed_master_kcv: hmacKeyCheckValue(seed) }));
  openWhenDurable(keys, draft, holder);
}

async function enableAutoUnseal(
  room: CeremonyRoom,
  draft: Draft,
  ports: Pick<VaultPorts, 'ledger' | 'rootKeeper'>,
): Promise<void> {
  const stored = storedIn(ports);
  using root = combineGiven(room, stored);
  if (ports.rootKeeper === undefined) throw new Error('a ceremony for a root keeper, and there is none');
  draft.storeKeys({ ...stored, guarded_root: await keepRoot(ports.rootKeeper, root) });
  record(room, draft, `from now on the daemon unseals itself through ${ports.rootKeeper.name}`);
}

/**
 * The root keeper failed: its token was removed, or refuses. The ceremony ends, and nothing has
 * changed.
 */
export class RootKeeperFailed extends Error {
  constructor(name: string, why: string) {
    super(`the ${name} root keeper cannot keep the root key: ${why}`);
    this.name = 'RootKeeperFailed';
  }
}

async function keepRoot(rootKeeper: RootKeeper, root: Secret): Promise<Uint8Array> {
  try {
    return await rootKeeper.wrap(root);
  } catch (error) {
    throw new RootKeeperFailed(rootKeeper.name, error instanceof Error ? error.message : String(error));
  }
}

/**
 * Restores an older copy. Which codes were used after it was made is unknown: every step that is
 * live now counts as used.
 */
async function restore(
  room: CeremonyRoom,
  draft: Draft,
  holder: KeyHolder,
  ports: Pick<VaultPorts, 'ledger' | 'anchor' | 'profile' | 'realm' | 'random'>,
): Promise<void> {
  const stored = storedIn(ports);
  using root = combineGiven(room, stored);
  const epoch = Math.max(stored.epoch, ports.anchor.read()?.epoch ?? 0) + 1;
  const keys = await OpenKeys.unlock(root, stored, ports);
  draft.storeKeys({ ...stored, epoch, replayed_epoch: stored.replayed_epoch ?? stored.epoch });
  const floors: Partial<Record<Purpose, number>> = {};
  for (const purpose of PURPOSES) {
    const policy = ports.profile.purposes[purpose];
    if (policy === undefined) continue;
    const { firstStep, steps } = liveSteps(policy, draft.nowMs);
    // One window past now, or as far as a token's clock may be ahead: no code that anyone may have
    // seen is accepted. The fact that a token was resynchronised may be among what was lost.
    floors[purpose] = firstStep + steps - 1 + Math.max(steps, leadSteps(policy));
  }
  draft.record({ kind: 'restored', atMs: draft.nowMs, ceremony: room.ceremony.id, epoch, floors });
  record(room, draft, `restored: epoch ${epoch}, every code that was live is used`);
  openWhenDurable(keys, draft, holder);
}

function record(room: CeremonyRoom, draft: Draft, detail: string): void {
  draft.recordAct({ ceremony: room.ceremony.id, act: 'took-effect', detail });
}

function storedIn({ ledger }: Pick<VaultPorts, 'ledger'>): StoredKeys {
  if (ledger.keys === undefined) throw new Error('a ceremony with shares, and no keys in the store');
  return ledger.keys;
}
