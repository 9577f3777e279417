// Original file: ramz/hsm/v1/key.proto

import type { KeyTransition as _ramz_hsm_v1_KeyTransition, KeyTransition__Output as _ramz_hsm_v1_KeyTransition__Output } from '../../../ramz/hsm/v1/KeyTransition.js';
import type { KeyState as _ramz_hsm_v1_KeyState, KeyState__Output as _ramz_hsm_v1_KeyState__Output } from '../../../ramz/hsm/v1/KeyState.js';
import type { Long } from '@grpc/proto-loader';

export interface Key {
  'name'?: (string);
  'version'?: (number);
  'algorithm'?: (string);
  'kcv'?: (string);
  'transitions'?: (_ramz_hsm_v1_KeyTransition)[];
  'originatorUntilMs'?: (number | string | Long);
  'recipientUntilMs'?: (number | string | Long);
  'state'?: (_ramz_hsm_v1_KeyState);
}

export interface Key__Output {
  'name': (string);
  'version': (number);
  'algorithm': (string);
  'kcv': (string);
  'transitions': (_ramz_hsm_v1_KeyTransition__Output)[];
  'originatorUntilMs': (string);
  'recipientUntilMs': (string);
  'state': (_ramz_hsm_v1_KeyState__Output);
}
