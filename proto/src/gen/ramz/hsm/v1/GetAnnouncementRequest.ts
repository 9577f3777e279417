// Original file: ramz/hsm/v1/ceremony.proto


export interface GetAnnouncementRequest {
  'nonce'?: (Buffer | Uint8Array | string);
}

export interface GetAnnouncementRequest__Output {
  'nonce': (Buffer);
}
