import type { Person } from '@ramz/custody';
import { z } from 'zod';

/** A log entry that belongs to the ceremony. */
export interface MinutesStep {
  readonly index: number;
  readonly at: string;
  readonly act: string;
  readonly by: string;
  readonly detail: string;
  readonly statement?: string | undefined;
  readonly signature?: string | undefined;
}

/** The part of the minutes that is checked. */
export interface MinutesBody {
  readonly realm: string;
  readonly bank: string;
  readonly log: string;
  readonly ceremony: string;
  readonly identity: string;
  readonly opened: {
    readonly roster: readonly Person[];
    readonly plan?: { readonly kind: string; readonly custodians: readonly string[] } | undefined;
    readonly version: string;
    readonly software: string;
  };
  readonly steps: readonly MinutesStep[];
}

const personSchema = z.looseObject({
  name: z.string(),
  role: z.enum(['custodian', 'operator', 'auditor']),
  signing_key: z.string(),
  sealing_key: z.string(),
});
const stepSchema = z.strictObject({
  index: z.int(),
  at: z.string(),
  act: z.string(),
  by: z.string(),
  detail: z.string(),
  statement: z.string().optional(),
  signature: z.string().optional(),
});
const bodySchema: z.ZodType<MinutesBody> = z.looseObject({
  type: z.literal('minutes'),
  realm: z.string(),
  bank: z.string(),
  log: z.string(),
  ceremony: z.string(),
  identity: z.string(),
  opened: z.looseObject({
    roster: z.array(personSchema).default([]),
    plan: z.looseObject({ kind: z.string(), custodians: z.array(z.string()) }).optional(),
    version: z.string().default(''),
    software: z.string().default(''),
  }),
  steps: z.array(stepSchema),
});

/** Returns undefined for a text that is not valid minutes. */
export function readBody(text: string): MinutesBody | undefined {
  try {
    return bodySchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
