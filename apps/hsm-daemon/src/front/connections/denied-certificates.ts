import type { DenialReason } from '../errors/front-errors.ts';
import type { CallerCertificate } from './caller-certificate.ts';

/** Why a certificate is not accepted. */
export interface Denial {
  readonly reason: DenialReason;
  readonly message: string;
}

/** The contents of a deny list: serial numbers and common names. */
export interface DenyList {
  readonly serials: ReadonlySet<string>;
  readonly names: ReadonlySet<string>;
}

const NOTHING: DenyList = { serials: new Set(), names: new Set() };

/**
 * Decides whether a certificate of the bank's own authority is still accepted. Checked at each
 * call.
 */
export class DeniedCertificates {
  /** `issuer serial`, from the authorities' revocation lists. */
  #revoked: ReadonlySet<string> = new Set();
  #denied = NOTHING;
  /** Blocked by an operator, in the vault's log. */
  #blocked: ReadonlySet<string> = new Set();
  readonly #nowMs: () => number;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  revoke(revoked: ReadonlySet<string>, denied: DenyList): void {
    this.#revoked = revoked;
    this.#denied = denied;
  }

  /** @returns whether anything changed */
  block(callers: readonly string[]): boolean {
    const blocked = new Set(callers);
    const isSame = blocked.size === this.#blocked.size && callers.every((name) => this.#blocked.has(name));
    this.#blocked = blocked;
    return !isSame;
  }

  why(name: string, { serial, revokedKey, notAfterMs }: CallerCertificate): Denial | undefined {
    if (this.#nowMs() > notAfterMs) {
      const message = `the certificate of ${name} expired on ${new Date(notAfterMs).toISOString()}: renew it`;
      return { reason: 'CERTIFICATE_EXPIRED', message };
    }
    if (this.#revoked.has(revokedKey) || this.#denied.serials.has(serial) || this.#denied.names.has(name)) {
      return { reason: 'CERTIFICATE_REVOKED', message: `the certificate of ${name} was revoked` };
    }
    if (this.#blocked.has(name)) {
      return {
        reason: 'CALLER_BLOCKED',
        message: `the caller ${name} was blocked by an operator (ramz unblock-caller)`,
      };
    }
    return undefined;
  }
}
