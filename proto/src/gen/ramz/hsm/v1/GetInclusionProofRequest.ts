// Original file: ramz/hsm/v1/audit.proto

import type { Long } from '@grpc/proto-loader';

export interface GetInclusionProofRequest {
  'index'?: (number | string | Long);
  'size'?: (number | string | Long);
}

export interface GetInclusionProofRequest__Output {
  'index': (string);
  'size': (string);
}
