import type { status } from '@grpc/grpc-js';
import type { GrpcRefusal } from '../errors/refusal.ts';

/** How a call ends. */
export type Ending = Pick<GrpcRefusal, 'code' | 'details'> & Partial<GrpcRefusal>;

/** The received bytes are not a message of the protocol. */
export class BrokenMessage extends Error implements Ending {
  readonly code: status;
  readonly details: string;

  constructor(code: status, details: string) {
    super(details);
    this.name = 'BrokenMessage';
    this.code = code;
    this.details = details;
  }
}
