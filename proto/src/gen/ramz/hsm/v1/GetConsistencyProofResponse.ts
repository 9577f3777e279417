// Original file: ramz/hsm/v1/audit.proto


export interface GetConsistencyProofResponse {
  'hashes'?: (Buffer | Uint8Array | string)[];
}

export interface GetConsistencyProofResponse__Output {
  'hashes': (Buffer)[];
}
