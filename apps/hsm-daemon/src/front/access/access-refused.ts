import type { Denial } from '../connections/denied-certificates.ts';

/** The caller has no right to this call. */
export class AccessRefused extends Error {
  readonly reason: 'ROLE_NOT_ALLOWED' | Denial['reason'];

  constructor(message: string, reason: AccessRefused['reason'] = 'ROLE_NOT_ALLOWED') {
    super(message);
    this.name = 'AccessRefused';
    this.reason = reason;
  }
}
