// Original file: ramz/hsm/v1/permission.proto

import type { PersonKind as _ramz_hsm_v1_PersonKind, PersonKind__Output as _ramz_hsm_v1_PersonKind__Output } from '../../../ramz/hsm/v1/PersonKind.js';
import type { AccountKind as _ramz_hsm_v1_AccountKind, AccountKind__Output as _ramz_hsm_v1_AccountKind__Output } from '../../../ramz/hsm/v1/AccountKind.js';

export interface IssuePermissionRequest {
  'requestId'?: (string);
  'cardNumber'?: (string);
  'customerNumber'?: (string);
  'accountReference'?: (string);
  'personKind'?: (_ramz_hsm_v1_PersonKind);
  'accountKind'?: (_ramz_hsm_v1_AccountKind);
  'openingBranch'?: (string);
  'branch'?: (string);
  'holders'?: (string)[];
  'present'?: (string)[];
}

export interface IssuePermissionRequest__Output {
  'requestId': (string);
  'cardNumber': (string);
  'customerNumber': (string);
  'accountReference': (string);
  'personKind': (_ramz_hsm_v1_PersonKind__Output);
  'accountKind': (_ramz_hsm_v1_AccountKind__Output);
  'openingBranch': (string);
  'branch': (string);
  'holders': (string)[];
  'present': (string)[];
}
