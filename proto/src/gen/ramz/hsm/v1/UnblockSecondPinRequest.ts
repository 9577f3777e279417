// Original file: ramz/hsm/v1/life_cycle.proto


export interface UnblockSecondPinRequest {
  'requestId'?: (string);
  'cardNumber'?: (string);
  'customerNumber'?: (string);
}

export interface UnblockSecondPinRequest__Output {
  'requestId': (string);
  'cardNumber': (string);
  'customerNumber': (string);
}
