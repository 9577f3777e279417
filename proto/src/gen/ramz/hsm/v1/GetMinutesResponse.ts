// Original file: ramz/hsm/v1/ceremony.proto

import type { SignedStatement as _ramz_hsm_v1_SignedStatement, SignedStatement__Output as _ramz_hsm_v1_SignedStatement__Output } from '../../../ramz/hsm/v1/SignedStatement.js';

export interface GetMinutesResponse {
  'minutes'?: (Buffer | Uint8Array | string);
  'signature'?: (Buffer | Uint8Array | string);
  'identity'?: (Buffer | Uint8Array | string);
  'signed'?: (_ramz_hsm_v1_SignedStatement)[];
}

export interface GetMinutesResponse__Output {
  'minutes': (Buffer);
  'signature': (Buffer);
  'identity': (Buffer);
  'signed': (_ramz_hsm_v1_SignedStatement__Output)[];
}
