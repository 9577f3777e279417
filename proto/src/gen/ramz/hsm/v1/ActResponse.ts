// Original file: ramz/hsm/v1/ceremony.proto

import type { SignedAnnouncement as _ramz_hsm_v1_SignedAnnouncement, SignedAnnouncement__Output as _ramz_hsm_v1_SignedAnnouncement__Output } from '../../../ramz/hsm/v1/SignedAnnouncement.js';
import type { Long } from '@grpc/proto-loader';

export interface ActResponse {
  'announcement'?: (_ramz_hsm_v1_SignedAnnouncement | null);
  'envelope'?: (Buffer | Uint8Array | string);
  'logSize'?: (number | string | Long);
}

export interface ActResponse__Output {
  'announcement': (_ramz_hsm_v1_SignedAnnouncement__Output | null);
  'envelope': (Buffer);
  'logSize': (string);
}
