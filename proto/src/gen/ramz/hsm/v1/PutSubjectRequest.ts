// Original file: ramz/hsm/v1/register.proto

import type { AccountHolders as _ramz_hsm_v1_AccountHolders, AccountHolders__Output as _ramz_hsm_v1_AccountHolders__Output } from '../../../ramz/hsm/v1/AccountHolders.js';

export interface PutSubjectRequest {
  'requestId'?: (string);
  'cardNumber'?: (string);
  'customerNumber'?: (string);
  'reference'?: (string);
  'mobileNumber'?: (string);
  'accounts'?: (_ramz_hsm_v1_AccountHolders)[];
}

export interface PutSubjectRequest__Output {
  'requestId': (string);
  'cardNumber': (string);
  'customerNumber': (string);
  'reference': (string);
  'mobileNumber': (string);
  'accounts': (_ramz_hsm_v1_AccountHolders__Output)[];
}
