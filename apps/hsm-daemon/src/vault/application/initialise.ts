import { aesKeyCheckValue, CustodyError, encodeShare, type Share, sealEnvelope, splitSecret } from '@ramz/custody';
import { Secret } from '@ramz/otp-core';
import type { InitialiseCommand, InitialiseReply } from '../../boundary/commands.ts';
import { Keyring } from '../crypto/keyring.ts';
import { shareDigest } from '../crypto/share-digest.ts';
import type { ShareHolder } from '../store/ledger.ts';
import type { Draft } from './draft.ts';
import { Fault } from './fault.ts';
import type { VaultPorts } from './ports.ts';

const ROOT_KEY_BYTES = 32;

/**
 * The first ceremony, in the test realm: draws the root key and the keyring, and splits the root key. It
 * lives only in this function; what is left of it are shares that only their custodians can open. The
 * daemon is sealed afterwards: only shares open it. @throws Fault
 */
export async function initialise(
  command: InitialiseCommand,
  draft: Draft,
  ports: VaultPorts,
): Promise<InitialiseReply> {
  assertDistinct(command.custodians);
  using root = Secret.own(ports.random(ROOT_KEY_BYTES));
  const root_key_kcv = aesKeyCheckValue(root);
  const { shares, holders } = await shareOut(root, command, ports);
  const { realm } = ports;
  const keys = Keyring.make(root, realm, ports.random);
  draft.storeKeys({ realm, root_key_kcv, threshold: command.threshold, holders, keys });
  const { caller } = command;
  const log_index = draft.record({
    kind: 'ceremony',
    at_ms: draft.now_ms,
    caller,
    act: 'initialised',
    custodian: '',
    detail: root_key_kcv,
  });
  return { kind: 'initialised', shares, root_key_kcv, log_index };
}

async function shareOut(root: Secret, { threshold, custodians }: InitialiseCommand, ports: VaultPorts) {
  const split_shares = split(root, threshold, custodians.length, ports);
  const handOut = async (custodian: string, public_key: Uint8Array, share: Share) => {
    using bytes = Secret.own(encodeShare(share));
    const holder: ShareHolder = { custodian, share_digest: shareDigest(bytes) };
    return { holder, sealed: { custodian, envelope: await sealTo(custodian, public_key, bytes) } };
  };
  try {
    const handed = await Promise.all(
      custodians.map(({ name, public_key }, i) => handOut(name, public_key, split_shares[i] as Share)),
    );
    return { shares: handed.map(({ sealed }) => sealed), holders: handed.map(({ holder }) => holder) };
  } finally {
    for (const share of split_shares) share.value.wipe();
  }
}

function split(root: Secret, threshold: number, custodians: number, { random }: VaultPorts): Share[] {
  try {
    return splitSecret(root, threshold, custodians, random);
  } catch (error) {
    if (error instanceof CustodyError) throw new Fault('threshold-range', error.message);
    throw error;
  }
}

async function sealTo(name: string, public_key: Uint8Array, bytes: Secret): Promise<Uint8Array> {
  try {
    return await sealEnvelope('share-to-custodian', public_key, bytes, name);
  } catch (error) {
    if (!(error instanceof CustodyError)) throw error;
    throw new Fault('public-key-malformed', `the key of custodian ${name} is not an X25519 public key`);
  }
}

/** Two shares in one hand would make the threshold a lie. */
function assertDistinct(custodians: InitialiseCommand['custodians']): void {
  const names = new Set(custodians.map(({ name }) => name));
  const keys = new Set(custodians.map(({ public_key }) => Buffer.from(public_key).toString('hex')));
  if (names.size < custodians.length || keys.size < custodians.length) {
    throw new Fault('custodians-not-distinct', 'each custodian needs a name and a key of their own');
  }
}
