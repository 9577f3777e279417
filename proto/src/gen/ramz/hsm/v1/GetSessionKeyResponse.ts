// Original file: ramz/hsm/v1/ceremony.proto


export interface GetSessionKeyResponse {
  'publicKey'?: (Buffer | Uint8Array | string);
}

export interface GetSessionKeyResponse__Output {
  'publicKey': (Buffer);
}
