// Original file: ramz/hsm/v1/life_cycle.proto


export interface DeactivateRequest {
  'requestId'?: (string);
  'cardNumber'?: (string);
  'customerNumber'?: (string);
}

export interface DeactivateRequest__Output {
  'requestId': (string);
  'cardNumber': (string);
  'customerNumber': (string);
}
