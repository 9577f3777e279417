import type { Purpose } from '../../../boundary/commands.ts';
import { writeText } from '../text-bytes.ts';

/** Everything that makes a seed its own (design 2): change one of these and the seed is another. */
export interface SeedIdentity {
  readonly bank: string;
  readonly subject: string;
  readonly enrolment_id: string;
  readonly purpose: Purpose;
  readonly generation: number;
  readonly epoch: number;
}

export const SEED_LABEL = 'ramz/seed/v1';

export function seedContext(identity: SeedIdentity): Uint8Array {
  const { bank, subject, enrolment_id, purpose, generation, epoch } = identity;
  return contextOf([bank, subject, enrolment_id, purpose, String(generation), String(epoch)]);
}

/**
 * The context of a key derivation: each field behind its length, so that no two identities can be
 * written the same ("1|23" is not "12|3").
 */
export function contextOf(fields: readonly string[]): Uint8Array {
  // A character has at most three bytes of UTF-8 for each of its units.
  const context = new Uint8Array(fields.reduce((room, field) => room + 2 + field.length * 3, 0));
  const view = new DataView(context.buffer);
  let at = 0;
  for (const field of fields) {
    const end = writeText(context, at + 2, field);
    view.setUint16(at, end - at - 2);
    at = end;
  }
  return context.subarray(0, at);
}
