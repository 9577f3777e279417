// Original file: ramz/hsm/v1/enrolment.proto

import type { Purpose as _ramz_hsm_v1_Purpose, Purpose__Output as _ramz_hsm_v1_Purpose__Output } from '../../../ramz/hsm/v1/Purpose.js';

export interface EnrolRequest {
  'cardNumber'?: (string);
  'purpose'?: (_ramz_hsm_v1_Purpose);
  'tokenSerial'?: (string);
  'tokenPublicKey'?: (Buffer | Uint8Array | string);
  'customerNumber'?: (string);
}

export interface EnrolRequest__Output {
  'cardNumber': (string);
  'purpose': (_ramz_hsm_v1_Purpose__Output);
  'tokenSerial': (string);
  'tokenPublicKey': (Buffer);
  'customerNumber': (string);
}
