// Original file: ramz/hsm/v1/verification.proto

import type { Transaction as _ramz_hsm_v1_Transaction, Transaction__Output as _ramz_hsm_v1_Transaction__Output } from '../../../ramz/hsm/v1/Transaction.js';

export interface VerifySignatureRequest {
  'requestId'?: (string);
  'cardNumber'?: (string);
  'customerNumber'?: (string);
  'tokenSerial'?: (string);
  'transaction'?: (_ramz_hsm_v1_Transaction | null);
  'code'?: (string);
  'terminalId'?: (string);
}

export interface VerifySignatureRequest__Output {
  'requestId': (string);
  'cardNumber': (string);
  'customerNumber': (string);
  'tokenSerial': (string);
  'transaction': (_ramz_hsm_v1_Transaction__Output | null);
  'code': (string);
  'terminalId': (string);
}
