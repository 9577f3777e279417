import { CustodyError, type RecipientKeys } from '@ramz/custody';
import type { Secret } from '@ramz/otp-core';

/**
 * Opens an envelope with a seed; undefined if it was not sealed for these keys and this context.
 */
export async function openSeed(
  keys: RecipientKeys,
  envelope: Uint8Array,
  context: string,
): Promise<Secret | undefined> {
  try {
    return await keys.open('seed', envelope, context);
  } catch (error) {
    if (error instanceof CustodyError) return undefined;
    throw error;
  }
}
