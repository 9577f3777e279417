// Original file: ramz/hsm/v1/life_cycle.proto

import type { Purpose as _ramz_hsm_v1_Purpose, Purpose__Output as _ramz_hsm_v1_Purpose__Output } from '../../../ramz/hsm/v1/Purpose.js';
import type { PlaceStatus as _ramz_hsm_v1_PlaceStatus, PlaceStatus__Output as _ramz_hsm_v1_PlaceStatus__Output } from '../../../ramz/hsm/v1/PlaceStatus.js';
import type { TokenView as _ramz_hsm_v1_TokenView, TokenView__Output as _ramz_hsm_v1_TokenView__Output } from '../../../ramz/hsm/v1/TokenView.js';

export interface PlaceView {
  'purpose'?: (_ramz_hsm_v1_Purpose);
  'status'?: (_ramz_hsm_v1_PlaceStatus);
  'tokens'?: (_ramz_hsm_v1_TokenView)[];
}

export interface PlaceView__Output {
  'purpose': (_ramz_hsm_v1_Purpose__Output);
  'status': (_ramz_hsm_v1_PlaceStatus__Output);
  'tokens': (_ramz_hsm_v1_TokenView__Output)[];
}
