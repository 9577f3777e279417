// Original file: ramz/hsm/v1/life_cycle.proto


export interface GetFileRequest {
  'cardNumber'?: (string);
  'customerNumber'?: (string);
}

export interface GetFileRequest__Output {
  'cardNumber': (string);
  'customerNumber': (string);
}
