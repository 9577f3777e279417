import type { HashName } from '@ramz/otp-core';
import { DECOY_EPOCH, type SeedCode, type SeedOf } from '../../crypto/seed-keys.ts';
import { type Enrolment, isSameSerial } from '../../domain/enrolment/enrolment.ts';
import { candidateSteps, type StepRange } from '../../domain/verification/candidate-steps.ts';
import type { Comparison } from '../../domain/verification/decide.ts';
import type { StandingPlace } from '../../store/ledger.ts';
import type { OpenKeys } from '../keys/open-keys.ts';
import type { Try } from './call.ts';

/** A plain code, and one token that it may belong to. */
interface CodeRow extends SeedCode, StepRange {
  /** Receives the comparison; undefined for a decoy. */
  readonly into: Comparison[] | undefined;
  readonly enrolment: Enrolment;
  readonly counts: boolean;
}

type CodeRows = Map<HashName, CodeRow[]>;

/**
 * Compares each try with every token that it may belong to, even after a match. Where there is no
 * token it compares a decoy, whose key is derived like a token's: an unknown subject costs as much
 * as a known one.
 */
export function weighTries(tries: Iterable<Try>, keys: OpenKeys, nowMs: number): void {
  const rows: CodeRows = new Map();
  for (const tried of tries) weighOne(tried, rows, keys, nowMs);
  for (const [hash, ofHash] of rows) compareCodes(hash, ofHash, keys);
}

/**
 * Weighs one try. Plain codes are only added to the rows: those of a batch are compared together.
 */
function weighOne(tried: Try, rows: CodeRows, keys: OpenKeys, nowMs: number): void {
  const { place } = tried;
  const compared: Comparison[] = [];
  tried.weighed = { standing: place.standing, compared };
  let found = false;
  for (const enrolment of place.standing?.enrolments ?? []) {
    if (!isCandidate(enrolment, tried, keys)) continue;
    found = true;
    compareWith(enrolment, tried, compared, rows, keys, nowMs);
  }
  if (!found) compareWith(decoyAt(place, keys), tried, undefined, rows, keys, nowMs);
}

/**
 * Returns whether a try may belong to a token. One whose seed master key was suspended, compromised
 * or destroyed is skipped, and one that was reported lost.
 */
function isCandidate({ epoch, tokenSerial, isLost }: Enrolment, tried: Try, { seeds }: OpenKeys): boolean {
  if (isLost === true) return false;
  return seeds.hasEpoch(epoch) && (tried.tokenSerial === '' || isSameSerial(tokenSerial, tried.tokenSerial));
}

/**
 * Returns a decoy. Its key is derived from as many bytes as a token's: its id is the subject, which
 * has as many digits as an enrolment id.
 */
function decoyAt({ subject }: StandingPlace, { epoch = DECOY_EPOCH }: OpenKeys): Enrolment {
  return { id: subject, generation: 0, epoch, tokenSerial: '', floor: 0, observed: [] };
}

function compareWith(
  enrolment: Enrolment,
  { place, rules, question }: Try,
  into: Comparison[] | undefined,
  rows: CodeRows,
  keys: OpenKeys,
  nowMs: number,
): void {
  const of: SeedOf = { subject: place.subject, purpose: place.purpose, enrolment };
  const { hash } = rules.purpose;
  if (question.kind === 'key') {
    using key = keys.seeds.keyOf(of, hash);
    const evidence = question.compare(key, enrolment, nowMs);
    into?.push({ enrolment, evidence });
    return;
  }
  const { firstStep, steps } = candidateSteps(enrolment, rules.purpose, nowMs);
  const row = { of, code: question.code, counts: question.counts, firstStep, steps, into, enrolment };
  const ofHash = rows.get(hash);
  if (ofHash === undefined) rows.set(hash, [row]);
  else ofHash.push(row);
}

/**
 * Compares as many steps of each row as the longest row has. Each row counts only its own steps.
 */
function compareCodes(hash: HashName, rows: readonly CodeRow[], { seeds }: OpenKeys): void {
  const stepsMax = rows.reduce((most, { steps }) => Math.max(most, steps), 1);
  const found = seeds.match(hash, rows, stepsMax);
  for (const [i, { into, enrolment, firstStep, steps, counts }] of rows.entries()) {
    const matches = counts ? (found[i] as number) & ((1 << steps) - 1) : 0;
    into?.push({ enrolment, evidence: { firstStep, steps, matches } });
  }
}
