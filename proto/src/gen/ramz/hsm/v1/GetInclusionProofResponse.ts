// Original file: ramz/hsm/v1/audit.proto


export interface GetInclusionProofResponse {
  'hashes'?: (Buffer | Uint8Array | string)[];
}

export interface GetInclusionProofResponse__Output {
  'hashes': (Buffer)[];
}
