// Original file: ramz/hsm/v1/verification.proto

import type { Verdict as _ramz_hsm_v1_Verdict, Verdict__Output as _ramz_hsm_v1_Verdict__Output } from '../../../ramz/hsm/v1/Verdict.js';
import type { VerdictReason as _ramz_hsm_v1_VerdictReason, VerdictReason__Output as _ramz_hsm_v1_VerdictReason__Output } from '../../../ramz/hsm/v1/VerdictReason.js';
import type { Long } from '@grpc/proto-loader';

export interface VerifySignatureResponse {
  'verdict'?: (_ramz_hsm_v1_Verdict);
  'logIndex'?: (number | string | Long);
  'reason'?: (_ramz_hsm_v1_VerdictReason);
  'repeated'?: (boolean);
}

export interface VerifySignatureResponse__Output {
  'verdict': (_ramz_hsm_v1_Verdict__Output);
  'logIndex': (string);
  'reason': (_ramz_hsm_v1_VerdictReason__Output);
  'repeated': (boolean);
}
