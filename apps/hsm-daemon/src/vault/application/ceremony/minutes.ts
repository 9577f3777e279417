import type { CeremonyEntry } from '@ramz/audit-log';
import {
  type CeremonyPlan,
  canonicalBytes,
  hexOf,
  type Person,
  participantsOf,
  type StatementOf,
  sha256Hex,
} from '@ramz/custody';
import type { MinutesReply } from '../../../boundary/commands.ts';
import { StatementRefused } from '../../domain/ceremony/refusal.ts';
import type { Ledger } from '../../store/ledger.ts';
import { originOf } from '../audit/checkpoint.ts';
import { Fault } from '../batch/fault.ts';
import type { VaultPorts } from '../batch/ports.ts';

const ENDS: readonly CeremonyEntry['act'][] = ['took-effect', 'abort', 'abandoned'];

interface LoggedStep {
  readonly index: number;
  readonly entry: CeremonyEntry;
}

/**
 * Returns the minutes of a ceremony from the log alone: the plan, the participants and their keys,
 * and each step with its time and signature. Each call returns the same bytes.
 * @throws Fault
 */
export async function minutesOf(
  ceremony: string,
  ports: Pick<VaultPorts, 'ledger' | 'identity' | 'profile' | 'realm'>,
): Promise<MinutesReply> {
  const { body, signed } = await gather(ceremony, ports);
  const minutes = canonicalBytes(body);
  return {
    kind: 'minutes',
    minutes,
    signature: await ports.identity.sign(minutes),
    identity: ports.identity.publicKey,
    signed: signed.map(({ entry: { statement, signature } }) => ({ statement, signature })),
  };
}

/**
 * Checks that a participant signs the minutes of an ended ceremony, and only once. The log shows
 * who took part and who has signed.
 * @throws StatementRefused
 */
export async function assertMaySign(
  { by, ceremony, minutes }: StatementOf<'sign-minutes'>,
  ports: Pick<VaultPorts, 'ledger' | 'identity' | 'profile' | 'realm'>,
): Promise<void> {
  if ((await endOf(ceremony, ports.ledger)) === undefined)
    throw new StatementRefused('minutes are signed after the ceremony has ended');
  const { body, signed } = await gather(ceremony, ports);
  if (!participantsOf(body).includes(by)) throw new StatementRefused(`${by} took no part in this ceremony`);
  if (signed.some(({ entry }) => entry.by === by)) throw new StatementRefused(`${by} has signed them already`);
  if (sha256Hex(canonicalBytes(body)) !== minutes)
    throw new StatementRefused('these are not the minutes that the vault has: do not sign');
}

/** Returns how a ceremony ended, by its entries; undefined while it has not. */
export async function endOf(ceremony: string, ledger: Ledger): Promise<CeremonyEntry['act'] | undefined> {
  const found = await entriesOf(await ledger.ceremonyEntries(ceremony), ledger);
  return found.find(({ entry }) => ENDS.includes(entry.act))?.entry.act;
}

async function gather(ceremony: string, ports: Pick<VaultPorts, 'ledger' | 'identity' | 'profile' | 'realm'>) {
  const { ledger, realm, profile } = ports;
  const found = await entriesOf(await ledger.ceremonyEntries(ceremony), ledger);
  const end = found.findIndex(({ entry }) => ENDS.includes(entry.act));
  if (end < 0) throw new Fault('not-found', 'there is no ended ceremony of this name');
  const opened = JSON.parse(found.find(({ entry }) => entry.act === 'opened')?.entry.detail ?? '{}') as OpeningDetail;
  // The proposal and its approvals come first: they precede the ceremony's id.
  const approvals = await entriesOf(opened.approvals ?? [], ledger);
  const body = {
    type: 'minutes',
    realm,
    bank: profile.name,
    log: originOf(ports),
    ceremony,
    opened,
    identity: hexOf(ports.identity.publicKey),
    steps: [...approvals, ...found.slice(0, end + 1)].map(stepOf),
  };
  return { body, signed: found.slice(end + 1).filter(({ entry }) => entry.act === 'sign-minutes') };
}

interface OpeningDetail {
  readonly approvals?: readonly number[];
  readonly plan?: CeremonyPlan;
  readonly roster?: readonly Person[];
}

async function entriesOf(indices: readonly number[], ledger: Ledger): Promise<LoggedStep[]> {
  const found: LoggedStep[] = [];
  for (const index of indices) {
    const entry = await ledger.entry(index);
    if (entry.kind === 'ceremony') found.push({ index, entry });
  }
  return found;
}

function stepOf({ index, entry }: LoggedStep) {
  const { atMs, act, by, detail, statement, signature } = entry;
  const step = { index, at: new Date(atMs).toISOString(), act, by, detail };
  if (statement.length === 0) return step;
  return { ...step, statement: Buffer.from(statement).toString(), signature: hexOf(signature) };
}
