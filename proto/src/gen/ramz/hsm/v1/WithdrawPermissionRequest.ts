// Original file: ramz/hsm/v1/permission.proto


export interface WithdrawPermissionRequest {
  'requestId'?: (string);
  'cardNumber'?: (string);
  'customerNumber'?: (string);
  'accountReference'?: (string);
}

export interface WithdrawPermissionRequest__Output {
  'requestId': (string);
  'cardNumber': (string);
  'customerNumber': (string);
  'accountReference': (string);
}
