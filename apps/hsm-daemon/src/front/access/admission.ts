import type { VaultLink } from '../../boundary/vault-link.ts';
import { AccessRefused } from './access-refused.ts';
import { type Caller, type ChannelCaller, callerOf } from './caller.ts';
import { type AnyCall, connectionOf } from './connection-of.ts';
import { ROLES_OF, type RpcName } from './roles.ts';

/** The first thing every call passes: who is it, and may they. */
export class Admission {
  readonly #link: VaultLink;
  readonly #realm: string;
  // Who shows a certificate shows it once a connection, at the handshake.
  readonly #known = new WeakMap<object, Caller>();
  readonly #channels = new WeakMap<Caller, ChannelCaller>();

  constructor(link: VaultLink, realm: string) {
    this.#link = link;
    this.#realm = realm;
  }

  /** @throws AccessRefused, after the refusal is in the audit log */
  async admit(rpc: RpcName, call: AnyCall): Promise<Caller> {
    const caller = await this.#identify(rpc, call);
    if (ROLES_OF[rpc].includes(caller.role)) return caller;
    await this.#link.send({ kind: 'note-refusal', caller: caller.name, rpc, reason: `role ${caller.role}` });
    throw new AccessRefused(`role ${caller.role} may not call ${rpc}`);
  }

  #callerOf(call: AnyCall): Caller {
    const connection = connectionOf(call);
    const known = connection && this.#known.get(connection);
    if (known !== undefined) return known;
    const caller = callerOf(call, this.#realm);
    if (connection !== undefined) this.#known.set(connection, caller);
    return caller;
  }

  async #identify(rpc: RpcName, call: AnyCall): Promise<Caller> {
    try {
      return this.#callerOf(call);
    } catch (error) {
      // Its name may be anything: it is not repeated.
      await this.#link.send({ kind: 'note-refusal', caller: '(unknown)', rpc, reason: 'certificate without a role' });
      throw error;
    }
  }

  /** As `admit`, for calls that only channels make. */
  async admitChannel(rpc: RpcName, call: AnyCall): Promise<ChannelCaller> {
    const caller = await this.admit(rpc, call);
    const { channel } = caller;
    if (channel === undefined) throw new AccessRefused('the certificate names no channel');
    const found = { ...caller, channel };
    this.#channels.set(caller, found);
    return found;
  }

  /** Whoever came over this connection before and may make this call; undefined when that must be found out. */
  knownChannel(rpc: RpcName, call: AnyCall): ChannelCaller | undefined {
    const connection = connectionOf(call);
    const caller = connection && this.#known.get(connection);
    return caller !== undefined && ROLES_OF[rpc].includes(caller.role) ? this.#channels.get(caller) : undefined;
  }
}
