// Original file: ramz/hsm/v1/act.proto

import type { ActOutcome as _ramz_hsm_v1_ActOutcome, ActOutcome__Output as _ramz_hsm_v1_ActOutcome__Output } from '../../../ramz/hsm/v1/ActOutcome.js';
import type { Long } from '@grpc/proto-loader';

export interface ActResult {
  'outcome'?: (_ramz_hsm_v1_ActOutcome);
  'repeated'?: (boolean);
  'voidedSubjects'?: (number);
  'voidedEnrolments'?: (number);
  'logIndex'?: (number | string | Long);
  'missing'?: (string)[];
}

export interface ActResult__Output {
  'outcome': (_ramz_hsm_v1_ActOutcome__Output);
  'repeated': (boolean);
  'voidedSubjects': (number);
  'voidedEnrolments': (number);
  'logIndex': (string);
  'missing': (string)[];
}
