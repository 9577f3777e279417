// Original file: ramz/hsm/v1/activation.proto

import type { Long } from '@grpc/proto-loader';

export interface TokenProof {
  'cardNumber'?: (string);
  'customerNumber'?: (string);
  'enrolmentId'?: (string);
  'minute'?: (number | string | Long);
  'mac'?: (Buffer | Uint8Array | string);
}

export interface TokenProof__Output {
  'cardNumber': (string);
  'customerNumber': (string);
  'enrolmentId': (string);
  'minute': (string);
  'mac': (Buffer);
}
