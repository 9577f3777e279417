// Original file: ramz/hsm/v1/verification.proto

import type { VerifyResponse as _ramz_hsm_v1_VerifyResponse, VerifyResponse__Output as _ramz_hsm_v1_VerifyResponse__Output } from '../../../ramz/hsm/v1/VerifyResponse.js';

export interface VerifyBatchResponse {
  'responses'?: (_ramz_hsm_v1_VerifyResponse)[];
}

export interface VerifyBatchResponse__Output {
  'responses': (_ramz_hsm_v1_VerifyResponse__Output)[];
}
