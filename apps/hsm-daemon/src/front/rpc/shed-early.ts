import { ServerInterceptingCall, type ServerInterceptor, status } from '@grpc/grpc-js';
import { type VaultLink, VaultUnavailable } from '../../boundary/vault-link.ts';
import { refusalOf } from './refusal-error.ts';

/** Calls that bring codes. People and auditors come through, whatever the load. */
const SHED = /\/ramz\.hsm\.v1\.VerificationService\/(Verify|VerifyBatch|VerifySignature|Resynchronise)$/;

/**
 * While the vault has more to do than callers would wait for, a call is refused before a byte of its message is read:
 * refusing must cost less than deciding, or the load itself would stop the daemon.
 */
export function shedEarly(link: VaultLink, onShed: () => void): ServerInterceptor {
  return (method, call) => {
    // The call itself, and no wrapping around it: that would cost every call 80 us.
    if (!link.is_full || !SHED.test(method.path)) return call as ServerInterceptingCall;
    return new ServerInterceptingCall(call, {
      start: (next) => {
        next();
        onShed();
        const refusal = refusalOf(new VaultUnavailable('queue-full'));
        call.sendStatus({ code: status.RESOURCE_EXHAUSTED, details: '', ...refusal });
      },
    });
  };
}
