// Original file: ramz/hsm/v1/ceremony.proto

import type { SealedShare as _ramz_hsm_v1_SealedShare, SealedShare__Output as _ramz_hsm_v1_SealedShare__Output } from '../../../ramz/hsm/v1/SealedShare.js';
import type { Long } from '@grpc/proto-loader';

export interface InitialiseResponse {
  'shares'?: (_ramz_hsm_v1_SealedShare)[];
  'rootKeyKcv'?: (string);
  'logIndex'?: (number | string | Long);
}

export interface InitialiseResponse__Output {
  'shares': (_ramz_hsm_v1_SealedShare__Output)[];
  'rootKeyKcv': (string);
  'logIndex': (string);
}
