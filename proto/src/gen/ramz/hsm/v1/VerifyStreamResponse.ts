// Original file: ramz/hsm/v1/verification.proto

import type { VerifyResponse as _ramz_hsm_v1_VerifyResponse, VerifyResponse__Output as _ramz_hsm_v1_VerifyResponse__Output } from '../../../ramz/hsm/v1/VerifyResponse.js';
import type { VerifyRefusal as _ramz_hsm_v1_VerifyRefusal, VerifyRefusal__Output as _ramz_hsm_v1_VerifyRefusal__Output } from '../../../ramz/hsm/v1/VerifyRefusal.js';

export interface VerifyStreamResponse {
  'requestId'?: (string);
  'verdict'?: (_ramz_hsm_v1_VerifyResponse | null);
  'refusal'?: (_ramz_hsm_v1_VerifyRefusal | null);
  'outcome'?: "verdict"|"refusal";
}

export interface VerifyStreamResponse__Output {
  'requestId': (string);
  'verdict'?: (_ramz_hsm_v1_VerifyResponse__Output | null);
  'refusal'?: (_ramz_hsm_v1_VerifyRefusal__Output | null);
  'outcome'?: "verdict"|"refusal";
}
