// Original file: ramz/hsm/v1/ceremony.proto

import type { Long } from '@grpc/proto-loader';

export interface SealResponse {
  'logIndex'?: (number | string | Long);
}

export interface SealResponse__Output {
  'logIndex': (string);
}
