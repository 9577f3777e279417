// Original file: ramz/hsm/v1/audit.proto


export interface GetCheckpointResponse {
  'note'?: (string);
  'former'?: (string)[];
  'publicKey'?: (Buffer | Uint8Array | string);
}

export interface GetCheckpointResponse__Output {
  'note': (string);
  'former': (string)[];
  'publicKey': (Buffer);
}
