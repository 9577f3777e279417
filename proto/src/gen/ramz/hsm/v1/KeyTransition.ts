// Original file: ramz/hsm/v1/key.proto

import type { KeyState as _ramz_hsm_v1_KeyState, KeyState__Output as _ramz_hsm_v1_KeyState__Output } from '../../../ramz/hsm/v1/KeyState.js';
import type { Long } from '@grpc/proto-loader';

export interface KeyTransition {
  'atMs'?: (number | string | Long);
  'state'?: (_ramz_hsm_v1_KeyState);
}

export interface KeyTransition__Output {
  'atMs': (string);
  'state': (_ramz_hsm_v1_KeyState__Output);
}
