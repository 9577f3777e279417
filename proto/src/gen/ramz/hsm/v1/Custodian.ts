// Original file: ramz/hsm/v1/ceremony.proto


export interface Custodian {
  'name'?: (string);
  'publicKey'?: (Buffer | Uint8Array | string);
}

export interface Custodian__Output {
  'name': (string);
  'publicKey': (Buffer);
}
