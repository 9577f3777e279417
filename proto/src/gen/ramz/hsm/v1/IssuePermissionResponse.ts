// Original file: ramz/hsm/v1/permission.proto

import type { ActResult as _ramz_hsm_v1_ActResult, ActResult__Output as _ramz_hsm_v1_ActResult__Output } from '../../../ramz/hsm/v1/ActResult.js';

export interface IssuePermissionResponse {
  'result'?: (_ramz_hsm_v1_ActResult | null);
}

export interface IssuePermissionResponse__Output {
  'result': (_ramz_hsm_v1_ActResult__Output | null);
}
