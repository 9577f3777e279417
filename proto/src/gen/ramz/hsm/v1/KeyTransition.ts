// Original file: ramz/hsm/v1/key.proto

import type { Long } from '@grpc/proto-loader';

export interface KeyTransition {
  'state'?: (string);
  'atMs'?: (number | string | Long);
}

export interface KeyTransition__Output {
  'state': (string);
  'atMs': (string);
}
