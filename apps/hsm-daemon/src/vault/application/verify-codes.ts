import { type Code, matchWindow, parseCode } from '@ramz/otp-core';
import {
  type Attempt,
  type AttemptResult,
  PURPOSES,
  type Purpose,
  type ReplyOf,
  type VerifyCommand,
} from '../../boundary/commands.ts';
import { requestDigestOf, requestKeyOf, subjectOf } from '../crypto/keyed-digests.ts';
import type { Enrolment } from '../domain/enrolment/enrolment.ts';
import type { PurposePolicy } from '../domain/policy/purpose-policy.ts';
import { candidateSteps } from '../domain/verification/candidate-steps.ts';
import type { Evidence } from '../domain/verification/decide.ts';
import type { Draft } from './draft.ts';
import { Fault } from './fault.ts';
import type { OpenKeys } from './open-keys.ts';
import type { VaultPorts } from './ports.ts';

/** One attempt, read: whose it is, which request, which code. */
interface Tried {
  readonly attempt: Attempt;
  readonly code: Code;
  readonly subject: string;
  readonly request_key: string;
  readonly request_digest: string;
}

/**
 * Decides on each code in order; each sees what those before it did. A malformed attempt, or one with
 * another request's id, refuses the call before any code of it is decided. @throws Fault
 */
export function verifyCodes(
  command: VerifyCommand,
  draft: Draft,
  keys: OpenKeys,
  ports: VaultPorts,
): ReplyOf['verify'] {
  const { attempts } = command;
  for (const { purpose } of attempts) refuseChannel(command, purpose, draft, ports);
  if (!draft.hasRoomForRequests(attempts.length)) {
    throw new Fault('request-memory-full', 'too many requests in 24 hours to remember them all');
  }
  const tries = attempts.map((attempt) => readTry(command.caller, attempt, keys, ports));
  refuseReusedIds(tries, command.caller, draft);
  return { kind: 'verdicts', results: tries.map((tried) => verifyOne(command, tried, draft, keys, ports)) };
}

function readTry(caller: string, attempt: Attempt, { keyring }: OpenKeys, { profile }: VaultPorts): Tried {
  const { card_number, purpose, code, request_id } = attempt;
  const { digits } = profile.purposes[purpose];
  if (code.length !== digits) throw new Fault('malformed', `a code for this purpose has ${digits} digits`);
  const subject = subjectOf(keyring.card_index, card_number);
  return {
    attempt,
    code: parseCode(code, digits),
    subject,
    request_key: requestKeyOf(keyring.card_index, caller, request_id),
    request_digest: requestDigestOf(keyring.card_index, subject, purpose, code),
  };
}

/** @throws Fault when an id already names another request, of the last day or of this call */
function refuseReusedIds(tries: readonly Tried[], caller: string, draft: Draft): void {
  const named = new Map<string, string>();
  for (const { request_key, request_digest } of tries) {
    const former = draft.formerVerdict(request_key)?.entry.request_digest ?? named.get(request_key) ?? request_digest;
    if (former !== request_digest) {
      draft.record({ kind: 'refusal', at_ms: draft.now_ms, caller, rpc: 'Verify', reason: 'request-id-reused' });
      throw new Fault('request-id-reused', 'a request id was used for another request in the last 24 hours');
    }
    named.set(request_key, request_digest);
  }
}

function verifyOne(
  { caller, channel }: VerifyCommand,
  { attempt, code, subject, request_key, request_digest }: Tried,
  draft: Draft,
  keys: OpenKeys,
  ports: VaultPorts,
): AttemptResult {
  const former = draft.formerVerdict(request_key);
  if (former !== undefined) return { reason: former.entry.reason, log_index: former.log_index };
  const { purpose } = attempt;
  const at_ms = draft.now_ms;
  const { purposes, card } = ports.profile;
  const rules = { purpose: purposes[purpose], card };
  const enrolment = usable(draft.enrolment(subject, purpose), keys);
  const evidence = compare(enrolment, rules.purpose, code, at_ms, keys);
  const { reason, step } = ports.decide(enrolment, siblingsOf(subject, purpose, draft), rules, evidence, at_ms);
  const enrolment_id = enrolment?.id ?? '';
  const what = { subject, purpose, enrolment_id, reason, step, request_key, request_digest };
  return { reason, log_index: draft.record({ kind: 'verdict', at_ms, caller, channel, ...what }) };
}

/** Enrolments of the same card for other purposes: their wrong tries count for the card (D-2). */
function siblingsOf(subject: string, purpose: Purpose, draft: Draft): Enrolment[] {
  return PURPOSES.filter((other) => other !== purpose)
    .map((other) => draft.enrolment(subject, other))
    .filter((enrolment) => enrolment !== undefined);
}

/** S-15: not a try, and not counted. @throws Fault, after the refusal is in the log */
function refuseChannel({ caller, channel }: VerifyCommand, purpose: Purpose, draft: Draft, ports: VaultPorts): void {
  const { name, purposes } = ports.profile;
  if (purposes[purpose].channels.includes(channel)) return;
  draft.record({
    kind: 'refusal',
    at_ms: draft.now_ms,
    caller,
    rpc: 'Verify',
    reason: `channel ${channel}, ${purpose}`,
  });
  throw new Fault('channel-not-allowed', `the profile ${name} takes no ${purpose} from the channel ${channel}`);
}

/** An enrolment whose seed master key was suspended, compromised or destroyed is as good as none. */
function usable(enrolment: Enrolment | undefined, { seeds }: OpenKeys): Enrolment | undefined {
  return enrolment !== undefined && seeds.hasEpoch(enrolment.epoch) ? enrolment : undefined;
}

/** Every live step is computed and compared, for unknown cards too. */
function compare(
  enrolment: Enrolment | undefined,
  policy: PurposePolicy,
  code: Code,
  now_ms: number,
  keys: OpenKeys,
): Evidence {
  const key = enrolment === undefined ? keys.decoys[policy.hash] : keys.seeds.keyOf(enrolment, policy);
  const { first_step, steps } = candidateSteps(policy, now_ms);
  return { first_step, steps, matches: matchWindow(key, code, first_step, steps) };
}
