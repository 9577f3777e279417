// Original file: ramz/hsm/v1/life_cycle.proto

import type { PermissionView as _ramz_hsm_v1_PermissionView, PermissionView__Output as _ramz_hsm_v1_PermissionView__Output } from '../../../ramz/hsm/v1/PermissionView.js';
import type { PlaceView as _ramz_hsm_v1_PlaceView, PlaceView__Output as _ramz_hsm_v1_PlaceView__Output } from '../../../ramz/hsm/v1/PlaceView.js';
import type { Long } from '@grpc/proto-loader';

export interface GetFileResponse {
  'known'?: (boolean);
  'reference'?: (string);
  'hasNumber'?: (boolean);
  'staticSecondPin'?: (boolean);
  'closed'?: (boolean);
  'permissions'?: (_ramz_hsm_v1_PermissionView)[];
  'places'?: (_ramz_hsm_v1_PlaceView)[];
  'codeUntilMs'?: (number | string | Long);
}

export interface GetFileResponse__Output {
  'known': (boolean);
  'reference': (string);
  'hasNumber': (boolean);
  'staticSecondPin': (boolean);
  'closed': (boolean);
  'permissions': (_ramz_hsm_v1_PermissionView__Output)[];
  'places': (_ramz_hsm_v1_PlaceView__Output)[];
  'codeUntilMs': (string);
}
