// Original file: ramz/hsm/v1/ceremony.proto

import type { SignedAnnouncement as _ramz_hsm_v1_SignedAnnouncement, SignedAnnouncement__Output as _ramz_hsm_v1_SignedAnnouncement__Output } from '../../../ramz/hsm/v1/SignedAnnouncement.js';

export interface GetAnnouncementResponse {
  'announcement'?: (_ramz_hsm_v1_SignedAnnouncement | null);
}

export interface GetAnnouncementResponse__Output {
  'announcement': (_ramz_hsm_v1_SignedAnnouncement__Output | null);
}
