// Original file: ramz/hsm/v1/verification.proto

import type { VerifyRequest as _ramz_hsm_v1_VerifyRequest, VerifyRequest__Output as _ramz_hsm_v1_VerifyRequest__Output } from '../../../ramz/hsm/v1/VerifyRequest.js';

export interface VerifyStreamRequest {
  'request'?: (_ramz_hsm_v1_VerifyRequest | null);
}

export interface VerifyStreamRequest__Output {
  'request': (_ramz_hsm_v1_VerifyRequest__Output | null);
}
