// Original file: ramz/hsm/v1/verification.proto


export interface VerifyRefusal {
  'code'?: (string);
  'reason'?: (string);
  'message'?: (string);
}

export interface VerifyRefusal__Output {
  'code': (string);
  'reason': (string);
  'message': (string);
}
