import { ROLES_OF, type Role, type RpcName } from './roles.ts';

const RPC: unique symbol = Symbol('rpc');
const ROLES: unique symbol = Symbol('roles');

/** Marks a handler with its RPC, and so with the roles that may call it (`roles.ts`). */
export function Roles(rpc: RpcName): MethodDecorator {
  return (_controller, _name, descriptor) => {
    Object.assign(descriptor.value as object, { [RPC]: rpc, [ROLES]: ROLES_OF[rpc] });
  };
}

/** @throws Error for a handler that names no RPC: no caller may use it */
export function rpcOf(handler: object): RpcName {
  const rpc = (handler as { [RPC]?: RpcName })[RPC];
  if (rpc === undefined) throw new Error('a handler without @Roles()');
  return rpc;
}

export function rolesOf(handler: object): readonly Role[] {
  return (handler as { [ROLES]?: readonly Role[] })[ROLES] ?? [];
}
