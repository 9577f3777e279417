// Original file: ramz/hsm/v1/activation.proto

import type { TokenProof as _ramz_hsm_v1_TokenProof, TokenProof__Output as _ramz_hsm_v1_TokenProof__Output } from '../../../ramz/hsm/v1/TokenProof.js';

export interface DeleteTokenRequest {
  'requestId'?: (string);
  'token'?: (_ramz_hsm_v1_TokenProof | null);
  'address'?: (string);
}

export interface DeleteTokenRequest__Output {
  'requestId': (string);
  'token': (_ramz_hsm_v1_TokenProof__Output | null);
  'address': (string);
}
