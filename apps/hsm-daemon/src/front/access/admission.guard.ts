import { type CanActivate, createParamDecorator, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import type { Asker } from '../../boundary/vault-link.ts';
import type { AnyCall } from '../connections/connection-of.ts';
import { Admission } from './admission.ts';
import { askerOf } from './asker-of.ts';
import type { Caller } from './caller.ts';
import { rpcOf } from './roles.decorator.ts';

/** A call whose caller was admitted. */
export interface AdmittedCall<Call extends AnyCall = AnyCall> {
  readonly caller: Caller;
  /** The caller that its commands are sent for. */
  readonly asker: Asker;
  readonly call: Call;
}

const ADMITTED = new WeakMap<object, Caller>();

/**
 * Admits a call whose caller has a role that the RPC names. Any other call ends here, before its
 * handler.
 */
@Injectable()
export class AdmissionGuard implements CanActivate {
  readonly #admission: Admission;

  constructor(@Inject(Admission) admission: Admission) {
    this.#admission = admission;
  }

  /** @throws AccessRefused, after noting the refusal for the audit log */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const call = callIn(context);
    const rpc = rpcOf(context.getHandler());
    // RPCs that only channels call need the channel too.
    ADMITTED.set(call, await this.#admission.admitFor(rpc, call));
    return true;
  }
}

/** Handler parameter: the call as the guard admitted it. */
export const Admitted: () => ParameterDecorator = createParamDecorator(
  (_data: unknown, context: ExecutionContext): AdmittedCall => {
    const call = callIn(context);
    const caller = ADMITTED.get(call);
    if (caller === undefined) throw new Error('a handler without the admission guard');
    return { caller, asker: askerOf(caller, call), call };
  },
);

/** NestJS passes the request, the metadata and the call to a gRPC handler, in this order. */
function callIn(context: ExecutionContext): AnyCall {
  return context.getArgByIndex<AnyCall>(2);
}
