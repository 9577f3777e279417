// Original file: ramz/hsm/v1/activation.proto

import type { Long } from '@grpc/proto-loader';

export interface PrintedCode {
  'digits'?: (string);
  'block'?: (Buffer | Uint8Array | string);
  'untilMs'?: (number | string | Long);
}

export interface PrintedCode__Output {
  'digits': (string);
  'block': (Buffer);
  'untilMs': (string);
}
