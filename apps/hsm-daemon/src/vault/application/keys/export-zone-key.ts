import { aesKeyCheckValue, bytesOfHex, CustodyError, type SensitiveCommand, sealEnvelope } from '@ramz/custody';
import { Secret } from '@ramz/otp-core';
import type { ZoneKeyBits } from '../../crypto/zone-keys.ts';
import { StatementRefused } from '../../domain/ceremony/refusal.ts';
import type { StoredKeys, Zone } from '../../store/ledger.ts';
import type { Draft } from '../batch/batch.ts';
import type { OpenKeys } from './open-keys.ts';

/**
 * Other systems that send PIN blocks. More would mean one for each terminal; terminals have keys of
 * their own.
 */
const ZONES_MAX = 64;

type ZoneKeyExport = Extract<SensitiveCommand, { name: 'export-zone-key' }>;

/**
 * Rejects an export that cannot be carried out now.
 * @throws StatementRefused
 */
export async function assertCanExport(
  { zone, recipient, bits }: ZoneKeyExport,
  stored: StoredKeys,
  keys: OpenKeys | undefined,
): Promise<void> {
  const { former, others } = placeOf(zone, stored);
  epochOf(former, keys);
  if (others.length >= ZONES_MAX) throw new StatementRefused(`at most ${ZONES_MAX} zones are known`);
  bitsOf(former, bits);
  // The only test of a recipient's key is to seal something to it.
  using nothing = Secret.own(new Uint8Array(1));
  await sealFor(recipient, nothing, zone);
}

/**
 * Exports a zone's key, sealed to the recipient. A later export gives the same key to another
 * recipient. The sealed key stays in the list of keys, and only the recipient can open it.
 * @throws StatementRefused
 */
export async function exportZoneKey(
  { zone, recipient, bits: wantedBits }: ZoneKeyExport,
  stored: StoredKeys,
  keys: OpenKeys | undefined,
  draft: Draft,
): Promise<void> {
  const { former, others } = placeOf(zone, stored);
  const { open, epoch } = epochOf(former, keys);
  const bits = bitsOf(former, wantedBits);
  using secret = open.zones.secretOf(zone, epoch, bits);
  const kcv = aesKeyCheckValue(secret);
  // Left out for the usual length, as in stores from before there were others.
  const ofBits = bits === 256 ? {} : { bits };
  const sealedKey = await sealFor(recipient, secret, zone);
  const made: Zone = {
    name: zone,
    epoch,
    ...ofBits,
    kcv,
    recipient,
    sealed_key: sealedKey,
    exported_at_ms: draft.nowMs,
  };
  draft.recordAct({
    act: 'zone-key',
    detail: JSON.stringify({ zone, epoch, ...ofBits, kcv, recipient }),
  });
  draft.storeKeys({ ...stored, zones: [...others, made] });
}

function placeOf(zone: string, { zones }: StoredKeys) {
  return { former: zones.find(({ name }) => name === zone), others: zones.filter(({ name }) => name !== zone) };
}

function epochOf(former: Zone | undefined, open: OpenKeys | undefined) {
  if (open === undefined) throw new StatementRefused('the daemon is sealed: its keys are needed');
  const epoch = former !== undefined && open.seeds.hasEpoch(former.epoch) ? former.epoch : open.epoch;
  if (epoch === undefined) throw new StatementRefused('no seed master key is active: rotate it first');
  return { open, epoch };
}

/** A zone has one key: its length stays what it was. */
function bitsOf(former: Zone | undefined, wanted: ZoneKeyBits | undefined): ZoneKeyBits {
  if (former === undefined) return wanted ?? 256;
  const { name, bits = 256 } = former;
  if (wanted === undefined || wanted === bits) return bits;
  throw new StatementRefused(`the key of ${name} has ${bits} bits: name another zone for one of ${wanted}`);
}

async function sealFor(recipient: string, secret: Parameters<typeof sealEnvelope>[2], zone: string) {
  try {
    return await sealEnvelope('zone-key', bytesOfHex(recipient), secret, zone);
  } catch (error) {
    if (error instanceof CustodyError) throw new StatementRefused('the recipient is not an X25519 public key');
    throw error;
  }
}
