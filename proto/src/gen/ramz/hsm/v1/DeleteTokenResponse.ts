// Original file: ramz/hsm/v1/activation.proto


export interface DeleteTokenResponse {
  'deleted'?: (boolean);
}

export interface DeleteTokenResponse__Output {
  'deleted': (boolean);
}
