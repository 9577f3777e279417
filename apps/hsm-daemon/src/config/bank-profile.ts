import { readFileSync } from 'node:fs';
import { BANK_PIN_DIGITS_MIN, bankPinDigits, DIGITS_MAX, PERIOD_S_MAX } from '@ramz/otp-core';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Purpose } from '../boundary/commands.ts';
import { type Quorum, quorumSchema } from '../boundary/quorum.ts';
import { WRONG_TRIES_KEPT } from '../vault/domain/enrolment/enrolment.ts';
import type { PurposePolicy } from '../vault/domain/policy/purpose-policy.ts';
import { ConfigError, explainIssue } from './config-error.ts';

const HOUR_MS = 3600 * 1000;

const purposeSchema = z.strictObject({
  digits: z.int().min(BANK_PIN_DIGITS_MIN).max(DIGITS_MAX),
  hash: z.enum(['sha1', 'sha256', 'sha512']),
  period_s: z.int().min(1).max(PERIOD_S_MAX),
  t0_s: z
    .int()
    .min(0)
    .refine((t0_s) => t0_s * 1000 <= Date.now(), 'must not be in the future'),
  // RFC 6238 5.2 recommends at most one step; more is a bank's own risk, ten is a mistake.
  accepted_past_steps: z.int().min(0).max(9),
  tries_max: z.int().min(1).max(WRONG_TRIES_KEPT),
  tries_interval_h: z
    .int()
    .min(1)
    .max(24 * 30),
});

const profileSchema = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9-]{0,31}$/),
  purposes: z.strictObject({ 'first-pin': purposeSchema, 'second-pin': purposeSchema }),
  quorum: quorumSchema,
});

/** A bank's rules, as data. */
export interface BankProfile {
  readonly name: string;
  readonly purposes: Readonly<Record<Purpose, PurposePolicy>>;
  /** Who approves what, when the first ceremony begins; afterwards the store's own rules count. */
  readonly quorum: Quorum;
}

/** @throws ConfigError that names the file and the field */
export function readBankProfile(path: string): BankProfile {
  const result = profileSchema.safeParse(readYaml(path));
  if (!result.success) throw new ConfigError(`${path}: ${explainIssue(result.error)}`);
  const { name, purposes, quorum } = result.data;
  return Object.freeze({
    name,
    quorum,
    purposes: Object.freeze({
      'first-pin': toPolicy(purposes['first-pin']),
      'second-pin': toPolicy(purposes['second-pin']),
    }),
  });
}

function toPolicy({ tries_interval_h, digits, ...policy }: z.infer<typeof purposeSchema>): PurposePolicy {
  return Object.freeze({ ...policy, digits: bankPinDigits(digits), tries_interval_ms: tries_interval_h * HOUR_MS });
}

function readYaml(path: string): unknown {
  try {
    return parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new ConfigError(`${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
