import type { PackedBatch, PackedReplies } from './packed-batch.ts';

/** What the front's process says to the vault's: commands that arrived while the former batch was away. */
export type ToVault = { readonly batch: PackedBatch } | { readonly stop: true };

/** And what it hears from it: the replies in the same order. */
export type ToFront =
  | { readonly replies: PackedReplies }
  | { readonly ready: true; readonly pid?: number }
  | { readonly failed: string };
