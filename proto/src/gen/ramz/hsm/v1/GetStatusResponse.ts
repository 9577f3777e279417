// Original file: ramz/hsm/v1/status.proto

import type { DaemonState as _ramz_hsm_v1_DaemonState, DaemonState__Output as _ramz_hsm_v1_DaemonState__Output } from '../../../ramz/hsm/v1/DaemonState.js';
import type { UnsealProgress as _ramz_hsm_v1_UnsealProgress, UnsealProgress__Output as _ramz_hsm_v1_UnsealProgress__Output } from '../../../ramz/hsm/v1/UnsealProgress.js';
import type { Long } from '@grpc/proto-loader';

export interface GetStatusResponse {
  'state'?: (_ramz_hsm_v1_DaemonState);
  'realm'?: (string);
  'profile'?: (string);
  'version'?: (string);
  'logSize'?: (number | string | Long);
  'activeEnrolments'?: (number | string | Long);
  'rootKeyKcv'?: (string);
  'unsealProgress'?: (_ramz_hsm_v1_UnsealProgress | null);
  'failure'?: (string);
  'identityFingerprint'?: (string);
  'epoch'?: (number | string | Long);
  'unsealMode'?: (string);
  'storeAnswers'?: (boolean);
  'blockedCallers'?: (string)[];
  'storeProblem'?: (string);
}

export interface GetStatusResponse__Output {
  'state': (_ramz_hsm_v1_DaemonState__Output);
  'realm': (string);
  'profile': (string);
  'version': (string);
  'logSize': (string);
  'activeEnrolments': (string);
  'rootKeyKcv': (string);
  'unsealProgress': (_ramz_hsm_v1_UnsealProgress__Output | null);
  'failure': (string);
  'identityFingerprint': (string);
  'epoch': (string);
  'unsealMode': (string);
  'storeAnswers': (boolean);
  'blockedCallers': (string)[];
  'storeProblem': (string);
}
