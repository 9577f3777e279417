import protobuf from 'protobufjs';

/**
 * The schema of google.rpc.Status, written again here: an independent check of what the daemon
 * writes.
 */
const schema = protobuf.parse(
  `
  syntax = "proto3";
  message Any { string type_url = 1; bytes value = 2; }
  message Status { int32 code = 1; string message = 2; repeated Any details = 3; }
  message ErrorInfo { string reason = 1; string domain = 2; map<string, string> metadata = 3; }
  message BadRequest {
    message FieldViolation { string field = 1; string description = 2; }
    repeated FieldViolation field_violations = 1;
  }`,
  { keepCase: true },
).root;

interface StatusMessage {
  details: { type_url: string; value: Uint8Array }[];
}

/** Returns the reason of the ErrorInfo and the fields of the BadRequest. */
export function readDetails(bytes: Uint8Array | undefined): { reason?: string; fields?: string[] } {
  if (bytes === undefined) return {};
  const { details } = decode<StatusMessage>('Status', bytes);
  const find = (name: string) =>
    details.find(({ type_url: typeUrl }) => typeUrl === `type.googleapis.com/google.rpc.${name}`)?.value;
  const { reason } = decode<{ reason: string }>('ErrorInfo', find('ErrorInfo') ?? new Uint8Array());
  const bad = decode<{ field_violations: { field: string }[] }>('BadRequest', find('BadRequest') ?? new Uint8Array());
  return { reason, fields: bad.field_violations.map(({ field }) => field) };
}

function decode<T>(name: string, bytes: Uint8Array): T {
  return schema.lookupType(name).decode(bytes) as unknown as T;
}
