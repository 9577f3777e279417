// Original file: ramz/hsm/v1/register.proto


export interface AccountHolders {
  'accountReference'?: (string);
  'holders'?: (string)[];
}

export interface AccountHolders__Output {
  'accountReference': (string);
  'holders': (string)[];
}
