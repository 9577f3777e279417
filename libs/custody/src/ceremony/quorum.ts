import { z } from 'zod';
import { CUSTODIANS_MAX } from './name-limits.ts';

export const PERSON_ROLES = ['custodian', 'operator', 'auditor'] as const;
/** A person's role in ceremonies and approvals. Each person has one. */
export type PersonRole = (typeof PERSON_ROLES)[number];

export const CEREMONY_KINDS = [
  'initialise',
  'unseal',
  'rotate-seed-master',
  'rotate-root-key',
  'refresh-shares',
  'replace-custodian',
  'roll-call',
  'enable-auto-unseal',
  'restore',
  'destroy',
] as const;
export type CeremonyKind = (typeof CEREMONY_KINDS)[number];

/** Every ceremony but the first one, which registers the people who could approve. */
const OPENINGS = CEREMONY_KINDS.filter((kind) => kind !== 'initialise').map((kind) => `open-ceremony:${kind}` as const);
export const OPERATIONS: readonly Operation[] = [
  ...OPENINGS,
  'seal',
  'zeroise',
  'set-quorum',
  'add-person',
  'remove-person',
  'set-key-state',
  'accept-clock',
  'export-zone-key',
  'block-caller',
  'unblock-caller',
  'lift-locks',
  'adopt-identity',
];
/** An operation that needs approval. */
export type Operation =
  | `open-ceremony:${Exclude<CeremonyKind, 'initialise'>}`
  | 'seal'
  | 'zeroise'
  | 'set-quorum'
  | 'add-person'
  | 'remove-person'
  | 'set-key-state'
  | 'accept-clock'
  | 'export-zone-key'
  | 'block-caller'
  | 'unblock-caller'
  | 'lift-locks'
  | 'adopt-identity';

/** Longer approvals would outlive the reason for them. */
const WINDOW_MIN_MAX = 24 * 60;
const USES_MAX = 100;
const ALTERNATIVES_MAX = 4;
const WINDOW = `must be 1 to ${WINDOW_MIN_MAX} minutes`;
const USES = `must be 1 to ${USES_MAX}`;
const COUNT = `must be 1 to ${CUSTODIANS_MAX}, or threshold`;
const count = z.union([z.int(COUNT).min(1, COUNT).max(CUSTODIANS_MAX, COUNT), z.literal('threshold', COUNT)], COUNT);

const ruleSchema = z.strictObject({
  /** One of these must be met: numbers of different people by role. */
  any_of: z
    .array(
      z.partialRecord(z.enum(PERSON_ROLES), count).refine((roles) => Object.keys(roles).length > 0, 'names no role'),
    )
    .min(1)
    .max(ALTERNATIVES_MAX),
  /** Longest validity of an approval, in minutes. */
  window_min: z.int(WINDOW).min(1, WINDOW).max(WINDOW_MIN_MAX, WINDOW),
  /** How many times one approved command may run. */
  uses_max: z.int(USES).min(1, USES).max(USES_MAX, USES),
});

/**
 * Default rules of operations that are newer than a store or a bank's own profile. One operator
 * must suffice to block a stolen certificate; lifting its locks takes two people.
 */
const LATER_RULES: Readonly<Partial<Record<Operation, QuorumRule>>> = {
  'block-caller': { any_of: [{ operator: 1 }], window_min: 60, uses_max: 1 },
  'unblock-caller': { any_of: [{ operator: 1 }], window_min: 60, uses_max: 1 },
  'lift-locks': { any_of: [{ operator: 1, custodian: 1 }], window_min: 60, uses_max: 100 },
  'adopt-identity': { any_of: [{ operator: 1, custodian: 'threshold' }], window_min: 60, uses_max: 1 },
};

/** Approvals per operation. Every operation is named: a forgotten one must not be free. */
export const quorumSchema: z.ZodType<Quorum> = z.strictObject(
  Object.fromEntries(
    OPERATIONS.map((operation) => {
      const later = LATER_RULES[operation];
      return [operation, later === undefined ? ruleSchema : ruleSchema.default(later as z.infer<typeof ruleSchema>)];
    }),
  ),
) as unknown as z.ZodType<Quorum>;

/** Returns a store's rules, with those added that it does not know yet. */
export function withLaterRules(stored: Quorum): Quorum {
  // Added at the end, so that stored rules keep their order when they are written again.
  const missing = Object.entries(LATER_RULES).filter(([operation]) => !Object.hasOwn(stored, operation));
  return { ...stored, ...Object.fromEntries(missing) };
}

export interface QuorumRule {
  readonly any_of: readonly Readonly<Partial<Record<PersonRole, number | 'threshold'>>>[];
  readonly window_min: number;
  readonly uses_max: number;
}
export type Quorum = Readonly<Record<Operation, QuorumRule>>;
