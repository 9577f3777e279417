import { z } from 'zod';
import { SCHEME_NAMES, THRESHOLD_MIN } from '../sharing/sharing-scheme.ts';
import { CUSTODIANS_MAX, NAME_CHARS_MAX } from './name-limits.ts';
import { CEREMONY_KINDS, PERSON_ROLES, quorumSchema } from './quorum.ts';
import { KEY_STATES, type Statement } from './statements.ts';

const hexOf = (bytes: number) =>
  z.string().regex(new RegExp(`^[0-9a-f]{${bytes * 2}}$`), `must be ${bytes} bytes in hexadecimal`);
/** A name that is safe as a file name, in a log, on a terminal, and to read aloud. */
const name = z
  .string()
  .max(NAME_CHARS_MAX, `must be at most ${NAME_CHARS_MAX} characters`)
  .regex(/^[a-z0-9][a-z0-9._-]*$/, 'must be small letters, digits, dots and dashes');
/** A certificate's common name, as `callerFrom` accepts it. */
const certificateCaller = z
  .string()
  .min(1)
  .max(NAME_CHARS_MAX, `must be at most ${NAME_CHARS_MAX} characters`)
  .regex(/^[\x20-\x7e]+$/, 'must be printable ASCII characters');
const spoken = { realm: z.enum(['test', 'live']), by: name };
const reason = z
  .string()
  .max(200, 'must be at most 200 characters')
  .regex(/^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+$/u, 'must be one line of plain text');

const person = z.strictObject({
  name,
  role: z.enum(PERSON_ROLES),
  signing_key: hexOf(32),
  sealing_key: hexOf(32),
});
const plan = z.strictObject({
  kind: z.enum(CEREMONY_KINDS),
  scheme: z.enum(SCHEME_NAMES),
  threshold: z
    .int('must be a whole number')
    .min(THRESHOLD_MIN, `must be ${THRESHOLD_MIN} or more: one share alone would be the key`)
    .max(CUSTODIANS_MAX, `must be at most ${CUSTODIANS_MAX}`),
  custodians: z
    .array(name)
    .min(THRESHOLD_MIN, `must be ${THRESHOLD_MIN} people or more`)
    .max(CUSTODIANS_MAX, `must be at most ${CUSTODIANS_MAX} people`),
});
const command = z.discriminatedUnion('name', [
  z.strictObject({ name: z.literal('open-ceremony'), plan }),
  z.strictObject({ name: z.literal('seal') }),
  z.strictObject({ name: z.literal('zeroise') }),
  z.strictObject({ name: z.literal('accept-clock') }),
  z.strictObject({
    name: z.literal('export-zone-key'),
    zone: name,
    recipient: hexOf(32),
    bits: z.literal([128, 192, 256]).optional(),
  }),
  z.strictObject({ name: z.literal('set-quorum'), quorum: quorumSchema }),
  z.strictObject({ name: z.literal('add-person'), person }),
  z.strictObject({ name: z.literal('remove-person'), person: name }),
  z.strictObject({ name: z.literal('block-caller'), caller: certificateCaller }),
  z.strictObject({ name: z.literal('unblock-caller'), caller: certificateCaller }),
  z.strictObject({ name: z.literal('adopt-identity'), identity: hexOf(32) }),
  z.strictObject({ name: z.literal('lift-locks'), caller: certificateCaller, since_ms: z.int().min(0) }),
  z.strictObject({
    name: z.literal('set-key-state'),
    key: z.literal('seed-master'),
    version: z.int().min(1),
    state: z.enum(KEY_STATES),
  }),
]);

const session = hexOf(16);
const nonce = hexOf(16);
const approvable = { ...spoken, session, command, nonce, expires_at_ms: z.int().min(0), uses: z.int().min(1) };
const step = { ...spoken, ceremony: hexOf(16) };
const withEnvelope = { ...step, envelope: hexOf(32) };

const statementSchema: z.ZodType<Statement> = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('open'), ...spoken, session, plan, person, nonce }),
  z.strictObject({ type: z.literal('propose'), ...approvable }),
  z.strictObject({ type: z.literal('approve'), ...approvable }),
  z.strictObject({ type: z.literal('repeat'), ...spoken, session, nonce, use: z.int().min(1) }),
  z.strictObject({ type: z.literal('join'), ...step, person }),
  z.strictObject({ type: z.literal('confirm'), ...step, roster: hexOf(32) }),
  z.strictObject({ type: z.literal('commit'), ...step, commitment: hexOf(32) }),
  z.strictObject({ type: z.literal('reveal'), ...withEnvelope }),
  z.strictObject({ type: z.literal('give'), ...withEnvelope }),
  z.strictObject({ type: z.literal('collect'), ...step }),
  z.strictObject({ type: z.literal('prove'), ...withEnvelope }),
  z.strictObject({ type: z.literal('finalise'), ...step }),
  z.strictObject({ type: z.literal('abort'), ...step, reason }),
  z.strictObject({ type: z.literal('sign-minutes'), ...step, minutes: hexOf(32) }),
]);

/** @throws z.ZodError for anything that is not a statement */
export function readStatement(body: object): Statement {
  return statementSchema.parse(body);
}
