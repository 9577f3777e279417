// google.rpc.Status with its details (AIP-193), in the trailer grpc-status-details-bin. Describes
// only the messages and fields that this daemon sends.
import { Metadata } from '@grpc/grpc-js';
import protobuf from 'protobufjs';

const root = protobuf.Root.fromJSON({
  nested: {
    'google.rpc': {
      nested: {
        Status: {
          fields: {
            code: { type: 'int32', id: 1 },
            message: { type: 'string', id: 2 },
            details: { rule: 'repeated', type: 'Any', id: 3 },
          },
        },
        Any: { fields: { type_url: { type: 'string', id: 1 }, value: { type: 'bytes', id: 2 } } },
        ErrorInfo: { fields: { reason: { type: 'string', id: 1 }, domain: { type: 'string', id: 2 } } },
        BadRequest: { fields: { field_violations: { rule: 'repeated', type: 'FieldViolation', id: 1 } } },
        FieldViolation: { fields: { field: { type: 'string', id: 1 }, description: { type: 'string', id: 2 } } },
        PreconditionFailure: { fields: { violations: { rule: 'repeated', type: 'Violation', id: 1 } } },
        Violation: {
          fields: {
            type: { type: 'string', id: 1 },
            subject: { type: 'string', id: 2 },
            description: { type: 'string', id: 3 },
          },
        },
        RetryInfo: { fields: { retry_delay: { type: 'Duration', id: 1 } } },
        Duration: { fields: { seconds: { type: 'int64', id: 1 } } },
      },
    },
  },
});

export type DetailName = 'ErrorInfo' | 'BadRequest' | 'PreconditionFailure' | 'RetryInfo';
export type Details = Partial<Record<DetailName, object>>;

const DOMAIN = 'ramz.hsm.v1';

/**
 * Returns the trailers of a refusal: always one ErrorInfo with `reason`, then the other `details`.
 */
export function statusTrailers(code: number, message: string, reason: string, details: Details = {}): Metadata {
  const all: Details = { ErrorInfo: { reason, domain: DOMAIN }, ...details };
  const packed = Object.entries(all).map(([name, value]) => ({
    type_url: `type.googleapis.com/google.rpc.${name}`,
    value: encode(name, value),
  }));
  const trailers = new Metadata();
  trailers.set('grpc-status-details-bin', Buffer.from(encode('Status', { code, message, details: packed })));
  return trailers;
}

/** Returns the reason of the ErrorInfo in a status's details. */
export function reasonIn(statusDetails: Uint8Array): string | undefined {
  const { details } = decode('Status', statusDetails) as { details?: { type_url: string; value: Uint8Array }[] };
  const info = details?.find(({ type_url: typeUrl }) => typeUrl.endsWith('google.rpc.ErrorInfo'));
  return info === undefined ? undefined : (decode('ErrorInfo', info.value) as { reason?: string }).reason;
}

function decode(name: string, bytes: Uint8Array): object {
  return root.lookupType(`google.rpc.${name}`).decode(bytes);
}

function encode(name: string, value: object): Uint8Array {
  const type = root.lookupType(`google.rpc.${name}`);
  // Only fromObject, unlike create, encodes a number or bigint in a 64-bit field correctly.
  return type.encode(type.fromObject(value)).finish();
}
