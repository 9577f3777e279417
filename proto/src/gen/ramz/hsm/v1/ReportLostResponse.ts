// Original file: ramz/hsm/v1/life_cycle.proto

import type { ActResult as _ramz_hsm_v1_ActResult, ActResult__Output as _ramz_hsm_v1_ActResult__Output } from '../../../ramz/hsm/v1/ActResult.js';

export interface ReportLostResponse {
  'result'?: (_ramz_hsm_v1_ActResult | null);
}

export interface ReportLostResponse__Output {
  'result': (_ramz_hsm_v1_ActResult__Output | null);
}
