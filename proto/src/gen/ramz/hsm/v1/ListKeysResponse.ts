// Original file: ramz/hsm/v1/key.proto

import type { Key as _ramz_hsm_v1_Key, Key__Output as _ramz_hsm_v1_Key__Output } from '../../../ramz/hsm/v1/Key.js';
import type { Zone as _ramz_hsm_v1_Zone, Zone__Output as _ramz_hsm_v1_Zone__Output } from '../../../ramz/hsm/v1/Zone.js';

export interface ListKeysResponse {
  'realm'?: (string);
  'keys'?: (_ramz_hsm_v1_Key)[];
  'zones'?: (_ramz_hsm_v1_Zone)[];
}

export interface ListKeysResponse__Output {
  'realm': (string);
  'keys': (_ramz_hsm_v1_Key__Output)[];
  'zones': (_ramz_hsm_v1_Zone__Output)[];
}
