// The life cycle around a code, as a bank's profile narrows it.
import { CHANNELS, type Channel } from '@ramz/audit-log';
import { z } from 'zod';

/** Acts whose channels a profile may narrow: the commands of the contract. */
export type NarrowedAct =
  | 'put-subject'
  | 'issue-permission'
  | 'withdraw-permission'
  | 'deactivate'
  | 'block-second-pin'
  | 'unblock-second-pin'
  | 'void-token'
  | 'report-lost'
  | 'report-found'
  | 'request-activation'
  | 'allocate-code'
  | 'reissue-code'
  | 'repeat-text';

export interface EligibilityFields {
  readonly joint: 'refuse' | 'all-holders';
  readonly signatories_change: 'withdraw' | 'keep';
}

export type ActsFields = Readonly<Partial<Record<NarrowedAct, readonly Channel[] | undefined>>>;

export const directEnrolmentSchema: z.ZodType<'never' | 'test-realm'> = z
  .enum(['never', 'test-realm'], 'must be never or test-realm')
  .default('test-realm')
  .describe('where Enrol is taken without an activation (D-27); a live realm never takes it');

export const afterRestoreSchema: z.ZodType<'hold' | 'go-on'> = z
  .enum(['hold', 'go-on'], 'must be hold or go-on')
  .default('hold')
  .describe('whether verdicts wait after a restore until the core has sent its subjects again (D-23)');

export const eligibilitySchema: z.ZodType<EligibilityFields> = z
  .strictObject({
    joint: z
      .enum(['refuse', 'all-holders'], 'must be refuse or all-holders')
      .describe('joint accounts: refused (S-17), or allowed with all holders present'),
    signatories_change: z
      .enum(['withdraw', 'keep'], 'must be withdraw or keep')
      .describe("what becomes of a permission when the account's people change (D-21)"),
  })
  .default({ joint: 'refuse', signatories_change: 'withdraw' });

const channels = z.array(z.enum(CHANNELS, `must be of ${CHANNELS.join(', ')}`)).optional();

export const actsSchema: z.ZodType<ActsFields> = z
  .strictObject({
    'put-subject': channels,
    'issue-permission': channels,
    'withdraw-permission': channels,
    deactivate: channels,
    'block-second-pin': channels,
    'unblock-second-pin': channels,
    'void-token': channels,
    'report-lost': channels,
    'report-found': channels,
    'request-activation': channels,
    'allocate-code': channels,
    'reissue-code': channels,
    'repeat-text': channels,
  } satisfies Record<NarrowedAct, unknown>)
  .default({});
