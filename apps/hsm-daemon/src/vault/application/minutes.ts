import { sha256 } from '@noble/hashes/sha2.js';
import canonicalize from 'canonicalize';
import type { MinutesReply } from '../../boundary/commands.ts';
import type { CeremonyEntry } from '../domain/audit/entry.ts';
import { originOf } from './checkpoint.ts';
import { Fault } from './fault.ts';
import type { VaultPorts } from './ports.ts';

const ENDS: readonly CeremonyEntry['act'][] = ['took-effect', 'abort', 'abandoned'];

interface Found {
  readonly index: number;
  readonly entry: CeremonyEntry;
}

/**
 * The minutes of a ceremony, from the log and nothing else: what was planned, who took part with which keys,
 * each step and its time, signed as it came. The same bytes each time they are asked for. @throws Fault
 */
export async function minutesOf(ceremony: string, ports: VaultPorts): Promise<MinutesReply> {
  const { body, signed } = gather(ceremony, ports);
  const minutes = bytesOf(body);
  return {
    kind: 'minutes',
    minutes,
    signature: await ports.identity.sign(minutes),
    identity: ports.identity.public_key,
    signed: signed.map(({ entry: { statement, signature } }) => ({ statement, signature })),
  };
}

/** What whoever took part signs. */
export function minutesDigest(ceremony: string, ports: VaultPorts): string {
  return Buffer.from(sha256(bytesOf(gather(ceremony, ports).body))).toString('hex');
}

function gather(ceremony: string, ports: VaultPorts) {
  const found = entriesOf(ceremony, ports);
  const end = found.findIndex(({ entry }) => ENDS.includes(entry.act));
  if (end < 0) throw new Fault('not-found', 'there is no ended ceremony of this name');
  const { ledger, realm, profile } = ports;
  const opened = found.find(({ entry }) => entry.act === 'opened')?.entry.detail ?? '{}';
  const body = {
    type: 'minutes',
    realm,
    bank: profile.name,
    log: originOf(ports),
    ceremony,
    opened: JSON.parse(opened) as object,
    identity: Buffer.from(ports.identity.public_key).toString('hex'),
    steps: found.slice(0, end + 1).map(stepOf),
  };
  const signed = found.slice(end + 1).filter(({ entry }) => entry.act === 'sign-minutes');
  return { body, signed, log_size: ledger.log_size };
}

function entriesOf(ceremony: string, { ledger }: VaultPorts): Found[] {
  const range = ledger.ceremony(ceremony);
  if (range === undefined) throw new Fault('not-found', 'there is no ceremony of this name');
  const found: Found[] = [];
  let index = range.first_index;
  for (const entry of ledger.entries(range.first_index)) {
    if (index > range.last_index) break;
    if (entry.kind === 'ceremony' && entry.ceremony === ceremony) found.push({ index, entry });
    index += 1;
  }
  return found;
}

function stepOf({ index, entry }: Found) {
  const { at_ms, act, by, detail, statement, signature } = entry;
  const step = { index, at: new Date(at_ms).toISOString(), act, by, detail };
  if (statement.length === 0) return step;
  return { ...step, statement: Buffer.from(statement).toString(), signature: Buffer.from(signature).toString('hex') };
}

function bytesOf(body: object): Uint8Array {
  return new TextEncoder().encode(canonicalize(body));
}
