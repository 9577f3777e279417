// A subject's file as the text of its row.
import { ACCOUNT_KINDS, ACT_OUTCOMES, ACTIVATION_METHODS, LIFE_CYCLE_ACTS, PERSON_KINDS } from '@ramz/audit-log';
import { z } from 'zod';
import type { SubjectFile } from '../domain/register/subject-file.ts';
import { RowBroken } from './store-errors.ts';

const id = z.string().regex(/^[0-9a-f]{32}$/);
const idOrNone = z.string().regex(/^([0-9a-f]{32})?$/);
const whole = z.int().min(0);

// Another program may have written the row, so every field is checked.
const schema = z.strictObject({
  subject: id,
  reference: z.base64().transform((text) => Uint8Array.from(Buffer.from(text, 'base64'))),
  registered: idOrNone,
  issuedUnder: idOrNone,
  method: z.enum(['none', 'app', 'sms', 'device']),
  isStaticSecondPinOn: z.boolean(),
  isSecondPinBlocked: z.boolean(),
  isClosed: z.boolean(),
  permissions: z.array(
    z.strictObject({
      account: id,
      holders: idOrNone,
      personKind: z.enum(PERSON_KINDS),
      accountKind: z.enum(ACCOUNT_KINDS),
      branch: z.string(),
      issuedAtMs: whole,
    }),
  ),
  activation: z
    .strictObject({
      id,
      method: z.enum(ACTIVATION_METHODS),
      epoch: whole,
      storeEpoch: whole,
      codeUntilMs: whole,
      textCode: whole,
      textUntilMs: whole,
      appKey: idOrNone,
      made: z.array(id),
      issuedAtMs: whole,
      wrongTries: whole,
      lastTry: idOrNone,
      repeats: whole,
      requestKey: idOrNone,
      textKey: idOrNone,
    })
    .optional(),
  acts: z.array(
    z.strictObject({
      requestKey: id,
      requestDigest: id,
      act: z.enum(LIFE_CYCLE_ACTS),
      outcome: z.enum(ACT_OUTCOMES),
      atMs: whole,
      logIndex: whole,
      voidedSubjects: whole,
      voidedEnrolments: whole,
    }),
  ),
  through: whole,
});

export function writeFile(file: SubjectFile): string {
  return JSON.stringify({ ...file, reference: Buffer.from(file.reference).toString('base64') });
}

/** @throws RowBroken */
export function readFile(subject: string, text: string): SubjectFile {
  const broken = (why: string) => new RowBroken(`the file of ${subject}`, why);
  const read = schema.safeParse(parsed(text, broken));
  if (!read.success) throw broken(read.error.issues[0]?.message ?? 'it is malformed');
  if (read.data.subject !== subject) throw broken('it belongs to another subject');
  return read.data;
}

function parsed(text: string, broken: (why: string) => RowBroken): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw broken('it is not JSON');
  }
}
