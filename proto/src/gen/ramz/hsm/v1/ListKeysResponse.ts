// Original file: ramz/hsm/v1/key.proto

import type { Key as _ramz_hsm_v1_Key, Key__Output as _ramz_hsm_v1_Key__Output } from '../../../ramz/hsm/v1/Key.js';

export interface ListKeysResponse {
  'realm'?: (string);
  'keys'?: (_ramz_hsm_v1_Key)[];
}

export interface ListKeysResponse__Output {
  'realm': (string);
  'keys': (_ramz_hsm_v1_Key__Output)[];
}
