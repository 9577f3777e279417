// Original file: ramz/hsm/v1/verification.proto

import type { Purpose as _ramz_hsm_v1_Purpose, Purpose__Output as _ramz_hsm_v1_Purpose__Output } from '../../../ramz/hsm/v1/Purpose.js';

export interface VerifyRequest {
  'requestId'?: (string);
  'cardNumber'?: (string);
  'purpose'?: (_ramz_hsm_v1_Purpose);
  'code'?: (string);
  'terminalId'?: (string);
  'customerNumber'?: (string);
  'tokenSerial'?: (string);
  'pinBlock'?: (Buffer | Uint8Array | string);
  'zone'?: (string);
}

export interface VerifyRequest__Output {
  'requestId': (string);
  'cardNumber': (string);
  'purpose': (_ramz_hsm_v1_Purpose__Output);
  'code': (string);
  'terminalId': (string);
  'customerNumber': (string);
  'tokenSerial': (string);
  'pinBlock': (Buffer);
  'zone': (string);
}
