// Original file: ramz/hsm/v1/ceremony.proto

import type { Custodian as _ramz_hsm_v1_Custodian, Custodian__Output as _ramz_hsm_v1_Custodian__Output } from '../../../ramz/hsm/v1/Custodian.js';

export interface InitialiseRequest {
  'threshold'?: (number);
  'custodians'?: (_ramz_hsm_v1_Custodian)[];
}

export interface InitialiseRequest__Output {
  'threshold': (number);
  'custodians': (_ramz_hsm_v1_Custodian__Output)[];
}
