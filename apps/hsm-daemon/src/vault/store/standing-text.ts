import type { Purpose } from '@ramz/audit-log';
import { WRONG_TRIES_KEPT } from '@ramz/bank-profile';
import type { Enrolment, Observation } from '../domain/enrolment/enrolment.ts';
import { activeIn, placeOf, type Standing } from '../domain/enrolment/standing.ts';
import { RowBroken } from './store-errors.ts';

// A standing as a store keeps it: JSON without the names of fields, a third as long and as easy to look into. There
// may be millions of them, and as texts in memory they cost a fraction of what objects do.

/** Seconds for millions of years; what is added to it is still a counter. */
const STEP_MAX = 2 ** 48;

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

const STATUSES = ['active', 'locked'] as const;

/** As JSON.stringify would write it, in a third of the time. */
export function writeStanding(standing: Standing): string {
  const { status, generation, through, wrongSinceAccepted, wrongAtMs, enrolments } = standing;
  const numbers = `${activeIn(standing)},${STATUSES.indexOf(status)},${generation},${through},${wrongSinceAccepted}`;
  return `[${numbers},[${wrongAtMs.join()}],[${enrolments.map(writeEnrolment).join()}]]`;
}

function writeEnrolment(one: Enrolment): string {
  const { id, generation, epoch, tokenSerial, floor, resynchronised, observed } = one;
  const found = resynchronised === undefined ? 0 : writeSeen(resynchronised);
  const seen = observed.length === 0 ? '' : observed.map(writeSeen).join();
  return `["${id}",${generation},${epoch},${JSON.stringify(tokenSerial)},${floor},${found},[${seen}]]`;
}

/** @throws RowBroken */
export function readStanding(subject: string, purpose: Purpose, text: string): Standing {
  try {
    return read(subject, purpose, text);
  } catch (error) {
    throw new RowBroken(placeOf(subject, purpose), error instanceof Error ? error.message : String(error));
  }
}

function read(subject: string, purpose: Purpose, text: string): Standing {
  const [, status, generation, through, wrongSinceAccepted, wrongAtMs, enrolments] = JSON.parse(text) as StandingRow;
  return {
    subject,
    purpose,
    status: statusOf(status),
    generation: checked(generation),
    wrongAtMs: checkedEach(wrongAtMs),
    wrongSinceAccepted: checked(wrongSinceAccepted),
    enrolments: enrolments.map(readEnrolment),
    through: checked(through),
  };
}

/** Somebody else may have written it: what a decision reckons with is a number, or the row is broken. @throws TypeError */
function checked(number: unknown, max = Number.MAX_SAFE_INTEGER): number {
  if (Number.isSafeInteger(number) && (number as number) >= 0 && (number as number) <= max) return number as number;
  throw new TypeError('one of its numbers is none');
}

/** @throws TypeError */
function checkedEach(numbers: readonly unknown[]): readonly number[] {
  if (!Array.isArray(numbers) || numbers.length > WRONG_TRIES_KEPT) throw new TypeError('its wrong tries are no list');
  for (const number of numbers) checked(number);
  return numbers as readonly number[];
}

function statusOf(status: unknown): Standing['status'] {
  const found = status === 0 || status === 1 ? STATUSES[status] : undefined;
  if (found === undefined) throw new TypeError('its status is none');
  return found;
}

function readEnrolment(row: StandingRow[6][number]): Enrolment {
  const [id, generation, epoch, tokenSerial, floor, resynchronised, observed] = row;
  if (!/^[0-9a-f]{32}$/.test(id) || typeof tokenSerial !== 'string')
    throw new TypeError('one of its tokens has no name');
  const found = resynchronised === 0 ? {} : { resynchronised: readSeen(resynchronised) };
  return {
    id,
    generation: checked(generation),
    epoch: checked(epoch),
    tokenSerial,
    floor: checked(floor, STEP_MAX),
    ...found,
    observed: observed.map(readSeen),
  };
}

function writeSeen({ step, atMs }: Observation): string {
  return `[${step},${atMs}]`;
}

function readSeen([step, atMs]: ObservationRow): Observation {
  return { step: checked(step, STEP_MAX), atMs: checked(atMs) };
}
