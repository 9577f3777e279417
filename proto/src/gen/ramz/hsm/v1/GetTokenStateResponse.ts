// Original file: ramz/hsm/v1/activation.proto

import type { PlaceView as _ramz_hsm_v1_PlaceView, PlaceView__Output as _ramz_hsm_v1_PlaceView__Output } from '../../../ramz/hsm/v1/PlaceView.js';
import type { Long } from '@grpc/proto-loader';

export interface GetTokenStateResponse {
  'known'?: (boolean);
  'places'?: (_ramz_hsm_v1_PlaceView)[];
  'atMs'?: (number | string | Long);
}

export interface GetTokenStateResponse__Output {
  'known': (boolean);
  'places': (_ramz_hsm_v1_PlaceView__Output)[];
  'atMs': (string);
}
