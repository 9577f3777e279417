// Original file: ramz/hsm/v1/activation.proto


export interface ReissueCodeRequest {
  'requestId'?: (string);
  'cardNumber'?: (string);
  'customerNumber'?: (string);
  'zone'?: (string);
  'branch'?: (string);
  'present'?: (string)[];
}

export interface ReissueCodeRequest__Output {
  'requestId': (string);
  'cardNumber': (string);
  'customerNumber': (string);
  'zone': (string);
  'branch': (string);
  'present': (string)[];
}
