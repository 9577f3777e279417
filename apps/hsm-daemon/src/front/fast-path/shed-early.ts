import { type VaultLink, VaultUnavailable } from '../../boundary/vault-link.ts';
import { type GrpcRefusal, refusalOf } from '../errors/refusal.ts';

/** Why a caller who brings a code is not let in now; undefined while it is. */
export type Shed = (caller: string) => GrpcRefusal | undefined;

/** Calls that bring codes. People and auditors come through, whatever the load. */
const SHED = /\/ramz\.hsm\.v1\.VerificationService\/(Verify|VerifyBatch|VerifySignature|Resynchronise)$/;

export function isShed(path: string): boolean {
  return SHED.test(path);
}

/**
 * While the vault has more to do than callers would wait for, a call is refused before its message is looked at: refusing
 * must cost less than deciding, or the load itself would stop the daemon.
 */
export function shedding(link: VaultLink, onShed: () => void): Shed {
  return (caller) => {
    if (!link.isFullFor(caller)) return undefined;
    onShed();
    return refusalOf(new VaultUnavailable('queue-full'));
  };
}

/** A caller has too many answers that it does not read. */
export function tooManyAnswers(): GrpcRefusal | undefined {
  return refusalOf(new VaultUnavailable('too-many-calls'));
}
