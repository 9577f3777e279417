// Original file: ramz/hsm/v1/audit.proto

import type { Long } from '@grpc/proto-loader';

export interface ListEntriesRequest {
  'first'?: (number | string | Long);
  'count'?: (number);
}

export interface ListEntriesRequest__Output {
  'first': (string);
  'count': (number);
}
