// Original file: ramz/hsm/v1/activation.proto

import type { ActResult as _ramz_hsm_v1_ActResult, ActResult__Output as _ramz_hsm_v1_ActResult__Output } from '../../../ramz/hsm/v1/ActResult.js';
import type { PrintedCode as _ramz_hsm_v1_PrintedCode, PrintedCode__Output as _ramz_hsm_v1_PrintedCode__Output } from '../../../ramz/hsm/v1/PrintedCode.js';

export interface ReissueCodeResponse {
  'result'?: (_ramz_hsm_v1_ActResult | null);
  'code'?: (_ramz_hsm_v1_PrintedCode | null);
}

export interface ReissueCodeResponse__Output {
  'result': (_ramz_hsm_v1_ActResult__Output | null);
  'code': (_ramz_hsm_v1_PrintedCode__Output | null);
}
