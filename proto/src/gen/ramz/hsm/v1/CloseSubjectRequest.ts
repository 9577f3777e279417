// Original file: ramz/hsm/v1/register.proto


export interface CloseSubjectRequest {
  'requestId'?: (string);
  'cardNumber'?: (string);
  'customerNumber'?: (string);
}

export interface CloseSubjectRequest__Output {
  'requestId': (string);
  'cardNumber': (string);
  'customerNumber': (string);
}
