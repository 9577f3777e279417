import { ServerInterceptingCall, type ServerInterceptor } from '@grpc/grpc-js';
import { type VaultLink, VaultUnavailable } from '../../boundary/vault-link.ts';
import { type GrpcRefusal, refusalOf } from './refusal-error.ts';

/** Why nobody who brings a code is let in now; undefined while they are. */
export type Shed = () => GrpcRefusal | undefined;

/** Calls that bring codes. People and auditors come through, whatever the load. */
const SHED = /\/ramz\.hsm\.v1\.VerificationService\/(Verify|VerifyBatch|VerifySignature|Resynchronise)$/;

/**
 * While the vault has more to do than callers would wait for, a call is refused before a byte of its message is read:
 * refusing must cost less than deciding, or the load itself would stop the daemon.
 */
export function shedEarly(whyShed: Shed): ServerInterceptor {
  return (method, call) => {
    const refusal = SHED.test(method.path) ? whyShed() : undefined;
    // The call itself, and no wrapping around it: that would cost every call 80 us.
    if (refusal === undefined) return call as ServerInterceptingCall;
    return new ServerInterceptingCall(call, {
      start: (next) => {
        next();
        call.sendStatus(refusal);
      },
    });
  };
}

/** Lets the vault's queue say it. */
export function shedding(link: VaultLink, onShed: () => void): Shed {
  return () => {
    if (!link.is_full) return undefined;
    onShed();
    return refusalOf(new VaultUnavailable('queue-full'));
  };
}
