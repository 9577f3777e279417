// Original file: ramz/hsm/v1/life_cycle.proto


export interface BlockSecondPinRequest {
  'requestId'?: (string);
  'cardNumber'?: (string);
  'customerNumber'?: (string);
}

export interface BlockSecondPinRequest__Output {
  'requestId': (string);
  'cardNumber': (string);
  'customerNumber': (string);
}
