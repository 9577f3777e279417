import { aesKeyCheckValue, bytesOfHex, drawIdentifier, type Person, sealEnvelope, sharingScheme } from '@ramz/custody';
import type { Secret } from '@ramz/otp-core';
import { makeKeys, rewrapKeys } from '../../crypto/keyring.ts';
import { mixEntropy } from '../../crypto/mix-entropy.ts';
import { shareDigest } from '../../crypto/share-digest.ts';
import { moveKey, newKeyRecord } from '../../domain/keys/key-record.ts';
import type { StoredKeys } from '../../store/ledger.ts';
import type { VaultPorts } from '../batch/ports.ts';
import type { CeremonyRoom, NewShares } from './ceremony-room.ts';

/**
 * Splits a root key among the custodians of the roster: a new one, or the one that the given shares
 * make. The root key exists only inside this call.
 * @throws CustodyError, KcvDiffers
 */
export async function makeShares(
  room: CeremonyRoom,
  stored: StoredKeys | undefined,
  ports: Pick<VaultPorts, 'profile' | 'realm' | 'nowMs' | 'random'>,
): Promise<NewShares> {
  const { kind } = room.ceremony.plan;
  if (stored === undefined) return makeFirst(room, ports);
  using former = combineGiven(room, stored);
  if (kind !== 'rotate-root-key') return split(former, room, stored, ports);
  using root = mixRoom('root-key', room, ports);
  const nowMs = ports.nowMs();
  const record = newKeyRecord('root', stored.root.version + 1, 'AES-256', aesKeyCheckValue(root), nowMs);
  const formerRoots = [...stored.former_roots, moveKey(stored.root, 'destroyed', nowMs)];
  const keys = rewrapKeys(former, root, stored.keys, ports.realm, ports.random);
  // The root keeper has the former root key, which opens nothing any more.
  return split(
    root,
    room,
    { ...stored, root: record, former_roots: formerRoots, keys, guarded_root: new Uint8Array() },
    ports,
  );
}

/**
 * Returns the root key that the given shares make. The caller wipes it.
 * @throws KcvDiffers
 */
export function combineGiven(room: CeremonyRoom, stored: StoredKeys): Secret {
  const { scheme, threshold } = stored.shares;
  const root = sharingScheme(scheme).combine([...room.given.values()].slice(0, threshold));
  if (aesKeyCheckValue(root) === stored.root.kcv) return root;
  root.wipe();
  throw new KcvDiffers();
}

/** Valid shares that make a wrong key: the store and the custodians do not belong together. */
export class KcvDiffers extends Error {
  constructor() {
    super('the shares make another key than the store names: their KCVs differ');
    this.name = 'KcvDiffers';
  }
}

export function mixRoom(purpose: string, room: CeremonyRoom, { random }: Pick<VaultPorts, 'random'>): Secret {
  const contributions = [...room.entropy].map(([by, entropy]) => ({ by, entropy }));
  return mixEntropy(purpose, room.ceremony.id, contributions, random);
}

async function makeFirst(
  room: CeremonyRoom,
  ports: Pick<VaultPorts, 'profile' | 'realm' | 'nowMs' | 'random'>,
): Promise<NewShares> {
  const { realm, random, profile } = ports;
  const nowMs = ports.nowMs();
  using root = mixRoom('root-key', room, ports);
  using seed = mixRoom('seed-master/1', room, ports);
  const { plan, roster } = room.ceremony;
  const first: StoredKeys = {
    realm,
    bank: profile.name,
    epoch: 1,
    shares: { scheme: plan.scheme, threshold: plan.threshold, identifier: 0, holders: [], digests: [] },
    root: newKeyRecord('root', 1, 'AES-256', aesKeyCheckValue(root), nowMs),
    keys: await makeKeys(root, seed, realm, nowMs, random),
    former_roots: [],
    zones: [],
    persons: roster,
    quorum: profile.quorum,
    blocked_callers: [],
    guarded_root: new Uint8Array(),
    destroyed: false,
  };
  return split(root, room, first, ports);
}

async function split(
  root: Secret,
  room: CeremonyRoom,
  keys: StoredKeys,
  { realm, random }: Pick<VaultPorts, 'realm' | 'random'>,
): Promise<NewShares> {
  const { scheme, threshold, custodians } = room.ceremony.plan;
  const identifier = drawIdentifier(realm, random);
  const encoded = sharingScheme(scheme).split(root, threshold, custodians.length, identifier, random);
  try {
    const digests = custodians.map((name, i) => shareDigest(realm, name, encoded[i] as Secret));
    const shares = { scheme, threshold, identifier, holders: custodians, digests };
    const envelopes = await Promise.all(
      custodians.map((name, i) => sealTo(personOf(room, name), encoded[i] as Secret, room)),
    );
    return {
      shares,
      keys: { ...keys, shares, persons: personsWith(room, keys.persons) },
      envelopes: new Map(custodians.map((name, i) => [name, envelopes[i] as Uint8Array])),
    };
  } finally {
    for (const share of encoded) share.wipe();
  }
}

function sealTo({ name, sealing_key: sealingKey }: Person, share: Secret, room: CeremonyRoom): Promise<Uint8Array> {
  const recipient = bytesOfHex(sealingKey);
  return sealEnvelope('share-to-custodian', recipient, share, `${room.ceremony.id}/${name}`);
}

function personOf({ ceremony }: CeremonyRoom, name: string): Person {
  const person = ceremony.roster.find((one) => one.name === name);
  if (person === undefined) throw new Error('a custodian of the plan is not in the roster');
  return person;
}

/** Returns the persons with the custodians of the new shares; operators and auditors stay. */
function personsWith({ ceremony }: CeremonyRoom, persons: readonly Person[]): readonly Person[] {
  const { plan, roster } = ceremony;
  return [
    ...persons.filter(({ role }) => role !== 'custodian'),
    ...roster.filter(({ name, role }) => role === 'custodian' && plan.custodians.includes(name)),
  ];
}
