// Original file: ramz/hsm/v1/verification.proto

import type { Purpose as _ramz_hsm_v1_Purpose, Purpose__Output as _ramz_hsm_v1_Purpose__Output } from '../../../ramz/hsm/v1/Purpose.js';
import type { Transaction as _ramz_hsm_v1_Transaction, Transaction__Output as _ramz_hsm_v1_Transaction__Output } from '../../../ramz/hsm/v1/Transaction.js';

export interface ResynchroniseRequest {
  'requestId'?: (string);
  'cardNumber'?: (string);
  'purpose'?: (_ramz_hsm_v1_Purpose);
  'code'?: (string);
  'nextCode'?: (string);
  'customerNumber'?: (string);
  'tokenSerial'?: (string);
  'transaction'?: (_ramz_hsm_v1_Transaction | null);
}

export interface ResynchroniseRequest__Output {
  'requestId': (string);
  'cardNumber': (string);
  'purpose': (_ramz_hsm_v1_Purpose__Output);
  'code': (string);
  'nextCode': (string);
  'customerNumber': (string);
  'tokenSerial': (string);
  'transaction': (_ramz_hsm_v1_Transaction__Output | null);
}
