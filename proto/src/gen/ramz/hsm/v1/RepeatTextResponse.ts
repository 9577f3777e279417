// Original file: ramz/hsm/v1/activation.proto

import type { ActResult as _ramz_hsm_v1_ActResult, ActResult__Output as _ramz_hsm_v1_ActResult__Output } from '../../../ramz/hsm/v1/ActResult.js';

export interface RepeatTextResponse {
  'result'?: (_ramz_hsm_v1_ActResult | null);
  'textTaken'?: (boolean);
}

export interface RepeatTextResponse__Output {
  'result': (_ramz_hsm_v1_ActResult__Output | null);
  'textTaken': (boolean);
}
