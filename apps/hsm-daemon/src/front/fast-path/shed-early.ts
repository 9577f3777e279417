import { type VaultLink, VaultUnavailable } from '../../boundary/vault-link.ts';
import { type GrpcRefusal, refusalOf } from '../errors/refusal.ts';

/** Returns why a caller with a code is rejected now; undefined while it is admitted. */
export type Shed = (caller: string) => GrpcRefusal | undefined;

/** Calls with codes. People and auditors are admitted under any load. */
const SHED = /\/ramz\.hsm\.v1\.VerificationService\/(Verify|VerifyBatch|VerifySignature|Resynchronise)$/;

export function isShed(path: string): boolean {
  return SHED.test(path);
}

/**
 * Rejects a call before its message is read, while the vault has more to do than callers would wait
 * for. Rejecting must cost less than deciding, or the load itself would stop the daemon.
 */
export function shedding(link: VaultLink, onShed: () => void): Shed {
  return (caller) => {
    if (!link.isFullFor(caller)) return undefined;
    onShed();
    return refusalOf(new VaultUnavailable('queue-full'));
  };
}

/** Returns the error for a caller that has too many unread answers. */
export function tooManyAnswers(): GrpcRefusal | undefined {
  return refusalOf(new VaultUnavailable('too-many-calls'));
}
