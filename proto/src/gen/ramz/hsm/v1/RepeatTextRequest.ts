// Original file: ramz/hsm/v1/activation.proto


export interface RepeatTextRequest {
  'requestId'?: (string);
  'cardNumber'?: (string);
  'customerNumber'?: (string);
  'mobileNumber'?: (string);
  'address'?: (string);
}

export interface RepeatTextRequest__Output {
  'requestId': (string);
  'cardNumber': (string);
  'customerNumber': (string);
  'mobileNumber': (string);
  'address': (string);
}
