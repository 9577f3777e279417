// Original file: ramz/hsm/v1/ceremony.proto


export interface GiveShareRequest {
  'custodian'?: (string);
  'envelope'?: (Buffer | Uint8Array | string);
}

export interface GiveShareRequest__Output {
  'custodian': (string);
  'envelope': (Buffer);
}
