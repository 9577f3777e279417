import { type CanActivate, createParamDecorator, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import type { Asker } from '../../boundary/vault-link.ts';
import type { AnyCall } from '../connections/connection-of.ts';
import { Admission } from './admission.ts';
import { askerOf } from './asker-of.ts';
import type { Caller } from './caller.ts';
import { rpcOf } from './roles.decorator.ts';

/** A call whose caller was let in. */
export interface AdmittedCall<Call extends AnyCall = AnyCall> {
  readonly caller: Caller;
  /** For whom its commands are sent to the vault. */
  readonly asker: Asker;
  readonly call: Call;
}

const ADMITTED = new WeakMap<object, Caller>();

/** Lets a call in whose caller has a role that the RPC names: everything else ends here, before its handler. */
@Injectable()
export class AdmissionGuard implements CanActivate {
  readonly #admission: Admission;

  constructor(@Inject(Admission) admission: Admission) {
    this.#admission = admission;
  }

  /** @throws AccessRefused, after the refusal is in the audit log */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const call = callIn(context);
    const rpc = rpcOf(context.getHandler());
    // Those that only channels make need the channel too.
    ADMITTED.set(call, await this.#admission.admitFor(rpc, call));
    return true;
  }
}

/** Parameter of a handler: the call, as the guard let it in. */
export const Admitted: () => ParameterDecorator = createParamDecorator(
  (_data: unknown, context: ExecutionContext): AdmittedCall => {
    const call = callIn(context);
    const caller = ADMITTED.get(call);
    if (caller === undefined) throw new Error('a handler without the admission guard');
    return { caller, asker: askerOf(caller, call), call };
  },
);

/** NestJS hands a gRPC handler the request, the metadata and the call, in this order. */
function callIn(context: ExecutionContext): AnyCall {
  return context.getArgByIndex<AnyCall>(2);
}
