import type { Code, HmacKey } from '@ramz/otp-core';
import { type AttemptResult, type Channel, PURPOSES, type Purpose } from '../../boundary/commands.ts';
import { requestDigestOf, requestKeyOf, subjectOf } from '../crypto/keyed-digests.ts';
import type { Enrolment } from '../domain/enrolment/enrolment.ts';
import type { PurposePolicy } from '../domain/policy/purpose-policy.ts';
import type { Evidence } from '../domain/verification/decide.ts';
import type { Draft } from './draft.ts';
import { Fault } from './fault.ts';
import type { OpenKeys } from './open-keys.ts';
import type { VaultPorts } from './ports.ts';

/** One try: on whose enrolment, under which request, with which codes. */
export interface Try {
  readonly subject: string;
  readonly purpose: Purpose;
  readonly codes: readonly Code[];
  readonly request_key: string;
  readonly request_digest: string;
}

/** Whose tries they are, and what they are called in the log when they are refused. */
export interface TriedBy {
  readonly caller: string;
  readonly channel: Channel;
  readonly rpc: 'Verify' | 'Resynchronise';
}

/** Compares a try's codes. The same work for an unknown card, with another key. */
export type Gather = (key: HmacKey, tried: Try, enrolment: Enrolment | undefined, policy: PurposePolicy) => Evidence;

/**
 * Every verdict on a code comes from here, in the order of the tries; each sees what those before it did. A channel
 * that may not ask, or a request id that names another request, refuses all before any is decided. @throws Fault
 */
export function decideTries(
  by: TriedBy,
  tries: readonly Try[],
  gather: Gather,
  draft: Draft,
  keys: OpenKeys,
  ports: VaultPorts,
): AttemptResult[] {
  for (const { purpose } of tries) refuseChannel(by, purpose, draft, ports);
  if (!draft.hasRoomForRequests(tries.length)) {
    throw new Fault('request-memory-full', 'too many requests in 24 hours to remember them all');
  }
  refuseReusedIds(tries, by, draft);
  return tries.map((tried) => decideOne(by, tried, gather, draft, keys, ports));
}

/** What names a request and what it asks. `asked` is all that a repetition must have in common with it. */
export function namesOf(
  {
    caller,
    card_number,
    purpose,
    request_id,
  }: { caller: string; card_number: string; purpose: Purpose; request_id: string },
  asked: string,
  { keyring }: OpenKeys,
): Pick<Try, 'subject' | 'request_key' | 'request_digest'> {
  const subject = subjectOf(keyring.card_index, card_number);
  return {
    subject,
    request_key: requestKeyOf(keyring.card_index, caller, request_id),
    request_digest: requestDigestOf(keyring.card_index, subject, purpose, asked),
  };
}

function decideOne(
  { caller, channel }: TriedBy,
  tried: Try,
  gather: Gather,
  draft: Draft,
  keys: OpenKeys,
  ports: VaultPorts,
): AttemptResult {
  const { subject, purpose, request_key, request_digest } = tried;
  const former = draft.formerVerdict(request_key);
  if (former !== undefined) return { reason: former.entry.reason, log_index: former.log_index, is_repeated: true };
  const at_ms = draft.now_ms;
  const { purposes, card } = ports.profile;
  const rules = { purpose: purposes[purpose], card };
  const enrolment = usable(draft.enrolment(subject, purpose), keys);
  const key = enrolment === undefined ? keys.decoys[rules.purpose.hash] : keys.seeds.keyOf(enrolment, rules.purpose);
  const evidence = gather(key, tried, enrolment, rules.purpose);
  const { reason, step } = ports.decide(enrolment, siblingsOf(subject, purpose, draft), rules, evidence, at_ms);
  const enrolment_id = enrolment?.id ?? '';
  const what = { subject, purpose, enrolment_id, reason, step, request_key, request_digest };
  const log_index = draft.record({ kind: 'verdict', at_ms, caller, channel, ...what });
  return { reason, log_index, is_repeated: false };
}

/** An enrolment whose seed master key was suspended, compromised or destroyed is as good as none. */
function usable(enrolment: Enrolment | undefined, { seeds }: OpenKeys): Enrolment | undefined {
  return enrolment !== undefined && seeds.hasEpoch(enrolment.epoch) ? enrolment : undefined;
}

/** Enrolments of the same card for other purposes: their wrong tries count for the card (D-2). */
function siblingsOf(subject: string, purpose: Purpose, draft: Draft): Enrolment[] {
  return PURPOSES.filter((other) => other !== purpose)
    .map((other) => draft.enrolment(subject, other))
    .filter((enrolment) => enrolment !== undefined);
}

/** S-15: not a try, and not counted. @throws Fault, after the refusal is in the log */
function refuseChannel({ caller, channel, rpc }: TriedBy, purpose: Purpose, draft: Draft, ports: VaultPorts): void {
  const { name, purposes } = ports.profile;
  if (purposes[purpose].channels.includes(channel)) return;
  draft.record({ kind: 'refusal', at_ms: draft.now_ms, caller, rpc, reason: `channel ${channel}, ${purpose}` });
  throw new Fault('channel-not-allowed', `the profile ${name} takes no ${purpose} from the channel ${channel}`);
}

/** @throws Fault when an id already names another request, of the last day or of this call */
function refuseReusedIds(tries: readonly Try[], { caller, rpc }: TriedBy, draft: Draft): void {
  const named = new Map<string, string>();
  for (const { request_key, request_digest } of tries) {
    const former = draft.formerVerdict(request_key)?.entry.request_digest ?? named.get(request_key) ?? request_digest;
    if (former !== request_digest) {
      draft.record({ kind: 'refusal', at_ms: draft.now_ms, caller, rpc, reason: 'request-id-reused' });
      throw new Fault('request-id-reused', 'a request id was used for another request in the last 24 hours');
    }
    named.set(request_key, request_digest);
  }
}
