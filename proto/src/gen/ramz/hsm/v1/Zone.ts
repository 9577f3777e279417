// Original file: ramz/hsm/v1/key.proto


export interface Zone {
  'name'?: (string);
  'epoch'?: (number);
  'kcv'?: (string);
  'recipient'?: (string);
  'sealedKey'?: (Buffer | Uint8Array | string);
}

export interface Zone__Output {
  'name': (string);
  'epoch': (number);
  'kcv': (string);
  'recipient': (string);
  'sealedKey': (Buffer);
}
