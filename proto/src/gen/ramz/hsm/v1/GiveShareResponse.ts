// Original file: ramz/hsm/v1/ceremony.proto


export interface GiveShareResponse {
  'given'?: (number);
  'threshold'?: (number);
  'unsealed'?: (boolean);
}

export interface GiveShareResponse__Output {
  'given': (number);
  'threshold': (number);
  'unsealed': (boolean);
}
