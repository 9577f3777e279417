// Original file: ramz/hsm/v1/ceremony.proto


export interface SealedShare {
  'custodian'?: (string);
  'envelope'?: (Buffer | Uint8Array | string);
}

export interface SealedShare__Output {
  'custodian': (string);
  'envelope': (Buffer);
}
