// Original file: ramz/hsm/v1/key.proto

import type { SelfTest as _ramz_hsm_v1_SelfTest, SelfTest__Output as _ramz_hsm_v1_SelfTest__Output } from '../../../ramz/hsm/v1/SelfTest.js';

export interface RunSelfTestsResponse {
  'tests'?: (_ramz_hsm_v1_SelfTest)[];
}

export interface RunSelfTestsResponse__Output {
  'tests': (_ramz_hsm_v1_SelfTest__Output)[];
}
