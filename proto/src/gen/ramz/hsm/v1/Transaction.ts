// Original file: ramz/hsm/v1/verification.proto


export interface Transaction {
  'type'?: (string);
  'amount'?: (string);
  'currency'?: (string);
  'payee'?: (string);
}

export interface Transaction__Output {
  'type': (string);
  'amount': (string);
  'currency': (string);
  'payee': (string);
}
