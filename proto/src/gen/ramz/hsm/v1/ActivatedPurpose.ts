// Original file: ramz/hsm/v1/activation.proto

import type { Purpose as _ramz_hsm_v1_Purpose, Purpose__Output as _ramz_hsm_v1_Purpose__Output } from '../../../ramz/hsm/v1/Purpose.js';
import type { CodeParameters as _ramz_hsm_v1_CodeParameters, CodeParameters__Output as _ramz_hsm_v1_CodeParameters__Output } from '../../../ramz/hsm/v1/CodeParameters.js';

export interface ActivatedPurpose {
  'purpose'?: (_ramz_hsm_v1_Purpose);
  'enrolmentId'?: (string);
  'generation'?: (number);
  'sealedSeed'?: (Buffer | Uint8Array | string);
  'parameters'?: (_ramz_hsm_v1_CodeParameters | null);
}

export interface ActivatedPurpose__Output {
  'purpose': (_ramz_hsm_v1_Purpose__Output);
  'enrolmentId': (string);
  'generation': (number);
  'sealedSeed': (Buffer);
  'parameters': (_ramz_hsm_v1_CodeParameters__Output | null);
}
