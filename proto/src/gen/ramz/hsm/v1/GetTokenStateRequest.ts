// Original file: ramz/hsm/v1/activation.proto

import type { TokenProof as _ramz_hsm_v1_TokenProof, TokenProof__Output as _ramz_hsm_v1_TokenProof__Output } from '../../../ramz/hsm/v1/TokenProof.js';

export interface GetTokenStateRequest {
  'token'?: (_ramz_hsm_v1_TokenProof | null);
}

export interface GetTokenStateRequest__Output {
  'token': (_ramz_hsm_v1_TokenProof__Output | null);
}
