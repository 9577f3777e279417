// Original file: ramz/hsm/v1/key.proto

import type { KeyTransition as _ramz_hsm_v1_KeyTransition, KeyTransition__Output as _ramz_hsm_v1_KeyTransition__Output } from '../../../ramz/hsm/v1/KeyTransition.js';
import type { Long } from '@grpc/proto-loader';

export interface Key {
  'name'?: (string);
  'version'?: (number);
  'algorithm'?: (string);
  'kcv'?: (string);
  'state'?: (string);
  'transitions'?: (_ramz_hsm_v1_KeyTransition)[];
  'originatorUntilMs'?: (number | string | Long);
  'recipientUntilMs'?: (number | string | Long);
}

export interface Key__Output {
  'name': (string);
  'version': (number);
  'algorithm': (string);
  'kcv': (string);
  'state': (string);
  'transitions': (_ramz_hsm_v1_KeyTransition__Output)[];
  'originatorUntilMs': (string);
  'recipientUntilMs': (string);
}
