// Original file: ramz/hsm/v1/audit.proto

import type { Long } from '@grpc/proto-loader';

export interface GetConsistencyProofRequest {
  'from'?: (number | string | Long);
  'size'?: (number | string | Long);
}

export interface GetConsistencyProofRequest__Output {
  'from': (string);
  'size': (string);
}
