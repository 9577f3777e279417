// Original file: ramz/hsm/v1/activation.proto

import type { Long } from '@grpc/proto-loader';

export interface GetActivationKeyResponse {
  'publicKey'?: (Buffer | Uint8Array | string);
  'epoch'?: (number);
  'signature'?: (Buffer | Uint8Array | string);
  'atMs'?: (number | string | Long);
}

export interface GetActivationKeyResponse__Output {
  'publicKey': (Buffer);
  'epoch': (number);
  'signature': (Buffer);
  'atMs': (string);
}
