// Original file: ramz/hsm/v1/life_cycle.proto

import type { PersonKind as _ramz_hsm_v1_PersonKind, PersonKind__Output as _ramz_hsm_v1_PersonKind__Output } from '../../../ramz/hsm/v1/PersonKind.js';
import type { AccountKind as _ramz_hsm_v1_AccountKind, AccountKind__Output as _ramz_hsm_v1_AccountKind__Output } from '../../../ramz/hsm/v1/AccountKind.js';
import type { Long } from '@grpc/proto-loader';

export interface PermissionView {
  'personKind'?: (_ramz_hsm_v1_PersonKind);
  'accountKind'?: (_ramz_hsm_v1_AccountKind);
  'branch'?: (string);
  'issuedAtMs'?: (number | string | Long);
}

export interface PermissionView__Output {
  'personKind': (_ramz_hsm_v1_PersonKind__Output);
  'accountKind': (_ramz_hsm_v1_AccountKind__Output);
  'branch': (string);
  'issuedAtMs': (string);
}
