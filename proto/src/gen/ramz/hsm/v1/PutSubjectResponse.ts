// Original file: ramz/hsm/v1/register.proto

import type { ActResult as _ramz_hsm_v1_ActResult, ActResult__Output as _ramz_hsm_v1_ActResult__Output } from '../../../ramz/hsm/v1/ActResult.js';

export interface PutSubjectResponse {
  'result'?: (_ramz_hsm_v1_ActResult | null);
}

export interface PutSubjectResponse__Output {
  'result': (_ramz_hsm_v1_ActResult__Output | null);
}
