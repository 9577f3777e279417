import type { PackedBatch, PackedReplies } from './packed-batch.ts';

/**
 * Messages from the front to the vault. A batch contains the commands that arrived while the
 * previous one was in flight.
 */
export type ToVault = { readonly batch: PackedBatch } | { readonly stop: true };

/** Messages from the vault to the front. Replies are in the order of the commands. */
export type ToFront =
  | { readonly replies: PackedReplies }
  | { readonly ready: true; readonly pid?: number }
  | { readonly failed: string };
