// Original file: ramz/hsm/v1/activation.proto

import type { ActivationMethod as _ramz_hsm_v1_ActivationMethod, ActivationMethod__Output as _ramz_hsm_v1_ActivationMethod__Output } from '../../../ramz/hsm/v1/ActivationMethod.js';

export interface RequestActivationRequest {
  'requestId'?: (string);
  'cardNumber'?: (string);
  'customerNumber'?: (string);
  'mobileNumber'?: (string);
  'method'?: (_ramz_hsm_v1_ActivationMethod);
  'zone'?: (string);
}

export interface RequestActivationRequest__Output {
  'requestId': (string);
  'cardNumber': (string);
  'customerNumber': (string);
  'mobileNumber': (string);
  'method': (_ramz_hsm_v1_ActivationMethod__Output);
  'zone': (string);
}
