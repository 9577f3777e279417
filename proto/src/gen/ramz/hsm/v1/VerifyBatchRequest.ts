// Original file: ramz/hsm/v1/verification.proto

import type { VerifyRequest as _ramz_hsm_v1_VerifyRequest, VerifyRequest__Output as _ramz_hsm_v1_VerifyRequest__Output } from '../../../ramz/hsm/v1/VerifyRequest.js';

export interface VerifyBatchRequest {
  'requests'?: (_ramz_hsm_v1_VerifyRequest)[];
}

export interface VerifyBatchRequest__Output {
  'requests': (_ramz_hsm_v1_VerifyRequest__Output)[];
}
