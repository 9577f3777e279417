// Original file: ramz/hsm/v1/activation.proto

import type { CompletionOutcome as _ramz_hsm_v1_CompletionOutcome, CompletionOutcome__Output as _ramz_hsm_v1_CompletionOutcome__Output } from '../../../ramz/hsm/v1/CompletionOutcome.js';
import type { ActivatedPurpose as _ramz_hsm_v1_ActivatedPurpose, ActivatedPurpose__Output as _ramz_hsm_v1_ActivatedPurpose__Output } from '../../../ramz/hsm/v1/ActivatedPurpose.js';
import type { Long } from '@grpc/proto-loader';

export interface CompleteActivationResponse {
  'outcome'?: (_ramz_hsm_v1_CompletionOutcome);
  'purposes'?: (_ramz_hsm_v1_ActivatedPurpose)[];
  'atMs'?: (number | string | Long);
}

export interface CompleteActivationResponse__Output {
  'outcome': (_ramz_hsm_v1_CompletionOutcome__Output);
  'purposes': (_ramz_hsm_v1_ActivatedPurpose__Output)[];
  'atMs': (string);
}
