import { Inject, Injectable } from '@nestjs/common';
import { VaultLink } from '../../boundary/vault-link.ts';
import { type AnyCall, connectionOf } from '../connections/connection-of.ts';
import { DeniedCertificates } from '../connections/denied-certificates.ts';
import { AccessRefused } from '../errors/front-errors.ts';
import { type Caller, type ChannelCaller, callerOf } from './caller.ts';
import { MONOTONIC_CLOCK, REALM } from './front-tokens.ts';
import { RefusalNotes } from './refusal-notes.ts';
import { ROLES_OF, type RpcName } from './roles.ts';

/** Authenticates the caller and checks its role. Runs first on every call. */
@Injectable()
export class Admission {
  readonly #link: VaultLink;
  readonly #realm: string;
  readonly #nowMs: () => number;
  readonly #denied: DeniedCertificates;
  readonly #notes = new RefusalNotes();
  // A certificate is presented once per connection, at the handshake.
  readonly #known = new WeakMap<object, Caller>();
  readonly #channels = new WeakMap<Caller, ChannelCaller>();

  /** @param nowMs reads a clock that only goes forward, in milliseconds */
  constructor(
    @Inject(VaultLink) link: VaultLink,
    @Inject(REALM) realm: string,
    @Inject(DeniedCertificates) denied: DeniedCertificates,
    @Inject(MONOTONIC_CLOCK) nowMs: () => number,
  ) {
    this.#link = link;
    this.#realm = realm;
    this.#denied = denied;
    this.#nowMs = nowMs;
  }

  /** @throws AccessRefused, after noting the refusal for the audit log */
  async admit(rpc: RpcName, call: AnyCall): Promise<Caller> {
    const caller = await this.#identify(rpc, call);
    const denial = this.#denied.why(caller.name, caller.certificate);
    if (denial !== undefined) {
      await this.#note(caller.name, rpc, denial.reason.toLowerCase().replaceAll('_', ' '));
      throw new AccessRefused(denial.message, denial.reason);
    }
    if (ROLES_OF[rpc].includes(caller.role)) return caller;
    await this.#note(caller.name, rpc, `role ${caller.role}`);
    throw new AccessRefused(`role ${caller.role} may not call ${rpc}`);
  }

  /**
   * Returns whether the connection's certificate has the role. A refusal is noted when the call
   * itself is handled.
   */
  mayCall(rpc: RpcName, call: AnyCall): boolean {
    try {
      return ROLES_OF[rpc].includes(this.#callerOf(call).role);
    } catch {
      return false;
    }
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
      // No handshake completes without a certificate. A call without one was cancelled, so no one
      // was refused.
      const hasGone = call.getAuthContext().sslPeerCertificate === undefined;
      // The name may be anything, so it is not repeated.
      if (!hasGone) await this.#note('(unknown)', rpc, 'certificate without a role');
      throw error;
    }
  }

  async #note(caller: string, rpc: RpcName, reason: string): Promise<void> {
    const leftOut = this.#notes.take(caller, this.#nowMs());
    if (leftOut === undefined) return;
    const since = leftOut === 0 ? '' : `, ${leftOut} left out`;
    await this.#link.send({ kind: 'note-refusal', caller, rpc, reason: `${reason}${since}` });
  }

  /** Admits a caller as the RPC requires: with its channel if only channels may call. */
  admitFor(rpc: RpcName, call: AnyCall): Promise<Caller> {
    return ROLES_OF[rpc].every((role) => role === 'channel') ? this.admitChannel(rpc, call) : this.admit(rpc, call);
  }

  /** Like `admit`, for RPCs that only channels may call. */
  async admitChannel(rpc: RpcName, call: AnyCall): Promise<ChannelCaller> {
    const caller = await this.admit(rpc, call);
    const { channel } = caller;
    if (channel === undefined) throw new AccessRefused('the certificate names no channel');
    const found = { ...caller, channel };
    this.#channels.set(caller, found);
    return found;
  }

  /**
   * Returns the caller that was admitted over this connection before and may make this call;
   * undefined if admission must run.
   */
  knownChannel(rpc: RpcName, call: AnyCall): ChannelCaller | undefined {
    const connection = connectionOf(call);
    const caller = connection && this.#known.get(connection);
    if (caller === undefined || !ROLES_OF[rpc].includes(caller.role)) return undefined;
    return this.#denied.why(caller.name, caller.certificate) === undefined ? this.#channels.get(caller) : undefined;
  }
}
