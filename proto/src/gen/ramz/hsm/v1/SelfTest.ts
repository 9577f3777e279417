// Original file: ramz/hsm/v1/key.proto


export interface SelfTest {
  'name'?: (string);
  'passed'?: (boolean);
}

export interface SelfTest__Output {
  'name': (string);
  'passed': (boolean);
}
