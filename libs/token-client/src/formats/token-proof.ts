/** What a proof is for: one is never good for the other. */
export const PROOF_LABELS = { delete: 'ramz/delete/v1', state: 'ramz/token-state/v1' } as const;
export type ProofLabel = keyof typeof PROOF_LABELS;

/** The vault takes proofs of this many minutes before and after its own. */
export const PROOF_MINUTES = 2;

const MINUTE_MS = 60_000;

export function minuteOf(atMs: number): number {
  return Math.floor(atMs / MINUTE_MS);
}

/** Returns what a token authenticates with HMAC-SHA-256 under a seed. */
export function proofMessage(label: ProofLabel, enrolmentId: string, minute: number): Uint8Array {
  return new TextEncoder().encode([PROOF_LABELS[label], enrolmentId, String(minute)].join('\0'));
}
