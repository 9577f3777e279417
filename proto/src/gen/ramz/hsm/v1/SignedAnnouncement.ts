// Original file: ramz/hsm/v1/ceremony.proto


export interface SignedAnnouncement {
  'announcement'?: (Buffer | Uint8Array | string);
  'signature'?: (Buffer | Uint8Array | string);
  'identity'?: (Buffer | Uint8Array | string);
}

export interface SignedAnnouncement__Output {
  'announcement': (Buffer);
  'signature': (Buffer);
  'identity': (Buffer);
}
