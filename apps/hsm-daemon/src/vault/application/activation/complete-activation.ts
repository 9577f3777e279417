import { timingSafeEqual } from 'node:crypto';
import { appKeyOf } from '@ramz/token-client/formats';
import type { CompleteActivationCommand, CompletionReply } from '../../../boundary/activation-commands.ts';
import { type Activation, factsOf } from '../../domain/activation/activation.ts';
import { type CodesJudgement, judgeCodes } from '../../domain/activation/judge-codes.ts';
import type { Draft } from '../batch/batch.ts';
import { Fault } from '../batch/fault.ts';
import type { OpenKeys } from '../keys/open-keys.ts';
import { activationNow } from '../life-cycle/activation-now.ts';
import { type ActPorts, type AskedAct, askedAct, entryOf, voidedHere } from '../life-cycle/asked-act.ts';
import { assertMayAct } from '../life-cycle/assert-may-act.ts';
import { DECOY_ACTIVATION, evenOutFiles } from '../life-cycle/even-out-files.ts';
import { expectedCodes } from './codes-of.ts';
import { newToken, sealedSeeds, tokenMade } from './new-token.ts';
import { openCodes } from './open-codes.ts';

type CompletionAct = AskedAct<CompleteActivationCommand>;

/**
 * Takes typed codes from their envelope to the seeds of a token, or to a refusal: the same bytes in
 * the same time for every failure (D-4). Using the codes, the enrolments of all purposes, and the
 * end of former tokens are one commit; the same app may repeat it.
 * @throws Fault for an envelope that does not open; RowBroken
 */
export async function completeActivation(
  command: CompleteActivationCommand,
  draft: Draft,
  keys: OpenKeys,
  ports: ActPorts,
): Promise<CompletionReply> {
  assertMayAct(command, draft, ports);
  if (keys.epoch === undefined) throw new Fault('wrong-state', 'no seed master key is active: rotate it first');
  using typed = await openCodes(command, keys);
  const asked = askedAct(command, draft, keys, ports);
  evenOutFiles(asked, draft, keys, ports);
  const activation = asked.file?.activation;
  const expected = expectedCodes(asked.subject, activation ?? DECOY_ACTIVATION, keys);
  const areRight = timingSafeEqual(typed.codes, expected);
  expected.fill(0);
  const appKey = appKeyOf(typed.publicKey);
  const judged = judgeCodes(activation, areRight, appKey, activationNow(activation, draft.nowMs, keys, ports));
  if (judged !== 'done' || activation === undefined) return refuse(judged, asked, draft);
  const isAgain = activation.appKey === appKey;
  const token = isAgain
    ? tokenMade(asked, activation, draft, keys, ports)
    : newToken(asked, appKey, draft, keys, ports);
  if (token === undefined) return refuse(isAgain ? 'no-activation' : 'too-many-tokens', asked, draft);
  // Before anything is recorded: an error here must not use up the codes.
  const purposes = await sealedSeeds(asked.subject, token, typed.publicKey, keys);
  const facts: Activation = { ...activation, appKey, made: token.map(({ enrolment }) => enrolment.id) };
  recordActivated(
    facts,
    token.flatMap(({ replaced }) => replaced),
    asked,
    draft,
    isAgain,
  );
  for (const { entry } of token) if (entry !== undefined) draft.record(entry);
  return { kind: 'completed', isActivated: true, purposes, atMs: draft.nowMs };
}

/** Records a try, and says nothing of it. */
function refuse(outcome: CodesJudgement | 'too-many-tokens', asked: CompletionAct, draft: Draft): CompletionReply {
  const { file } = asked;
  const activation = file?.activation && factsOf(file.activation);
  draft.record(entryOf(asked, draft, { act: 'codes-refused', outcome, purposes: [], activation }));
  return { kind: 'completed', isActivated: false, purposes: [], atMs: 0 };
}

/** That the same app gets its seeds once more is in the log, too, and changes no place. */
function recordActivated(
  activation: Activation,
  ended: readonly string[],
  asked: CompletionAct,
  draft: Draft,
  isAgain: boolean,
): void {
  const purposes = isAgain ? [] : asked.purposes;
  const facts = { activation: factsOf(activation), purposes, enrolments: ended, ...voidedHere(ended.length) };
  draft.record(entryOf(asked, draft, facts));
}
