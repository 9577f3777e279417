import type { Purpose } from '../../../boundary/commands.ts';

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

/**
 * The context of the key derivation: each field behind its length, so that no two identities can be
 * written the same ("1|23" is not "12|3").
 */
export function seedContext(identity: SeedIdentity): Uint8Array {
  const { bank, subject, enrolment_id, purpose, generation, epoch } = identity;
  const fields = [bank, subject, enrolment_id, purpose, String(generation), String(epoch)];
  const encoder = new TextEncoder();
  const parts = fields.map((field) => encoder.encode(field));
  const context = new Uint8Array(parts.reduce((total, part) => total + 2 + part.length, 0));
  const view = new DataView(context.buffer);
  let at = 0;
  for (const part of parts) {
    view.setUint16(at, part.length);
    context.set(part, at + 2);
    at += 2 + part.length;
  }
  return context;
}
