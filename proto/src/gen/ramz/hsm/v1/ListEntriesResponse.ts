// Original file: ramz/hsm/v1/audit.proto

import type { Long } from '@grpc/proto-loader';

export interface ListEntriesResponse {
  'entries'?: (Buffer | Uint8Array | string)[];
  'logSize'?: (number | string | Long);
}

export interface ListEntriesResponse__Output {
  'entries': (Buffer)[];
  'logSize': (string);
}
