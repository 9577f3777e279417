// Original file: ramz/hsm/v1/enrolment.proto

import type { CodeParameters as _ramz_hsm_v1_CodeParameters, CodeParameters__Output as _ramz_hsm_v1_CodeParameters__Output } from '../../../ramz/hsm/v1/CodeParameters.js';
import type { Long } from '@grpc/proto-loader';

export interface EnrolResponse {
  'enrolmentId'?: (string);
  'generation'?: (number);
  'sealedSeed'?: (Buffer | Uint8Array | string);
  'parameters'?: (_ramz_hsm_v1_CodeParameters | null);
  'logIndex'?: (number | string | Long);
}

export interface EnrolResponse__Output {
  'enrolmentId': (string);
  'generation': (number);
  'sealedSeed': (Buffer);
  'parameters': (_ramz_hsm_v1_CodeParameters__Output | null);
  'logIndex': (string);
}
