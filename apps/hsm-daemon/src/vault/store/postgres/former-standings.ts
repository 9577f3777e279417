// Standings as schema versions before the fourth stored them: JSON without field names. Read once,
// by the migration that converts them to records.
import { isDeepStrictEqual } from 'node:util';
import type { Purpose } from '@ramz/audit-log';
import type { Enrolment, Observation } from '../../domain/enrolment/enrolment.ts';
import type { Standing } from '../../domain/enrolment/standing.ts';
import { Records } from '../records/records.ts';

const STATUSES = ['active', 'locked'] as const;

type ObservationRow = readonly [step: number, atMs: number];
type StandingRow = readonly [
  activeEnrolments: number,
  status: 0 | 1,
  generation: number,
  through: number,
  wrongSinceAccepted: number,
  wrongAtMs: readonly number[],
  enrolments: readonly (readonly [
    id: string,
    generation: number,
    epoch: number,
    tokenSerial: string,
    floor: number,
    resynchronised: ObservationRow | 0,
    observed: readonly ObservationRow[],
  ])[],
];

/** Returns the record for a text. An unreadable text stays as it is, an unreadable row. */
export function recordOfText(subject: string, purpose: Purpose, text: string): Uint8Array {
  try {
    const standing = readText(subject, purpose, text);
    const records = Records.of(standing);
    // A value that a record cannot hold, fractional or negative, must not become another value.
    if (isDeepStrictEqual(records.standingAt(0), standing)) return records.bytes;
  } catch {
    // Reported when a call needs the row, and not now: others can be decided on.
  }
  return Buffer.from(text);
}

function readText(subject: string, purpose: Purpose, text: string): Standing {
  const [, status, generation, through, wrongSinceAccepted, wrongAtMs, enrolments] = JSON.parse(text) as StandingRow;
  const tokens = enrolments.map(readToken);
  const name = { subject, purpose, status: STATUSES[status] };
  return { ...name, generation, wrongAtMs, wrongSinceAccepted, enrolments: tokens, through };
}

function readToken([id, generation, epoch, tokenSerial, floor, found, seen]: StandingRow[6][number]): Enrolment {
  const observed = seen.map(readObservation);
  const token = { id, generation, epoch, tokenSerial, floor, observed };
  return found === 0 ? token : { ...token, resynchronised: readObservation(found) };
}

function readObservation([step, atMs]: ObservationRow): Observation {
  return { step, atMs };
}
