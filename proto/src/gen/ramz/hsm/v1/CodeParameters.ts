// Original file: ramz/hsm/v1/enrolment.proto

import type { Long } from '@grpc/proto-loader';

export interface CodeParameters {
  'hash'?: (string);
  'digits'?: (number);
  'periodS'?: (number);
  't0S'?: (number | string | Long);
  'ocraSuite'?: (string);
}

export interface CodeParameters__Output {
  'hash': (string);
  'digits': (number);
  'periodS': (number);
  't0S': (string);
  'ocraSuite': (string);
}
