// Original file: ramz/hsm/v1/life_cycle.proto


export interface VoidTokenRequest {
  'requestId'?: (string);
  'cardNumber'?: (string);
  'customerNumber'?: (string);
  'tokenSerial'?: (string);
}

export interface VoidTokenRequest__Output {
  'requestId': (string);
  'cardNumber': (string);
  'customerNumber': (string);
  'tokenSerial': (string);
}
