// Original file: ramz/hsm/v1/activation.proto


export interface AllocateCodeRequest {
  'requestId'?: (string);
  'cardNumber'?: (string);
  'customerNumber'?: (string);
  'zone'?: (string);
  'branch'?: (string);
  'present'?: (string)[];
}

export interface AllocateCodeRequest__Output {
  'requestId': (string);
  'cardNumber': (string);
  'customerNumber': (string);
  'zone': (string);
  'branch': (string);
  'present': (string)[];
}
