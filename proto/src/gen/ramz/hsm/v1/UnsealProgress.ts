// Original file: ramz/hsm/v1/status.proto


export interface UnsealProgress {
  'given'?: (number);
  'threshold'?: (number);
}

export interface UnsealProgress__Output {
  'given': (number);
  'threshold': (number);
}
