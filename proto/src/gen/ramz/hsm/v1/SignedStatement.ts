// Original file: ramz/hsm/v1/ceremony.proto


export interface SignedStatement {
  'statement'?: (Buffer | Uint8Array | string);
  'signature'?: (Buffer | Uint8Array | string);
}

export interface SignedStatement__Output {
  'statement': (Buffer);
  'signature': (Buffer);
}
