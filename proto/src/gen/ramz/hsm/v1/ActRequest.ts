// Original file: ramz/hsm/v1/ceremony.proto


export interface ActRequest {
  'statement'?: (Buffer | Uint8Array | string);
  'signature'?: (Buffer | Uint8Array | string);
  'envelope'?: (Buffer | Uint8Array | string);
}

export interface ActRequest__Output {
  'statement': (Buffer);
  'signature': (Buffer);
  'envelope': (Buffer);
}
